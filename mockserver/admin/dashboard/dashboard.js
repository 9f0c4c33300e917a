"use strict";
// Everything that came from a client is put in as text, never as markup.

const most_rows = 50;
const at = (id) => document.getElementById(id);

function element(name, text, class_name) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (class_name) made.className = class_name;
  return made;
}

function say(text) {
  at("message").textContent = text;
}

async function ask(path, method = "GET", body) {
  const options = { method };
  if (method !== "GET") {
    options.headers = { "Content-Type": "application/json" };
    options.body = body ?? "";
  }
  const answer = await fetch(path, options);
  const told = await answer.json();
  if (!answer.ok) {
    throw new Error(`${told.error.what}: expected ${told.error.expected}, got ${told.error.actual}`);
  }
  return told;
}

function prepend(list, row) {
  list.prepend(row);
  while (list.children.length > most_rows) list.lastElementChild.remove();
}

function show_request(request) {
  const row = element("tr");
  const shown = request.status === 0 ? request.end : String(request.status);
  row.append(
    element("td", new Date(request.ended).toISOString().slice(11, 23)),
    element("td", `${request.connection}.${request.number}`),
    element("td", `${request.method} ${request.target}`, "target"),
    element("td", shown, `status-${Math.floor(request.status / 100)}`),
    element("td", String(request.body_bytes)),
    element("td", request.offset_after === null ? "" : String(request.offset_after)),
    element("td", request.faults.join(", ")),
  );
  prepend(at("requests"), row);
}

function show_finding(finding) {
  const row = element("li");
  row.append(element("span", finding.rule, `rule ${finding.severity}`));
  const place = finding.field ?? finding.place;
  row.append(` ${finding.file}: ${place ? place + ": " : ""}${finding.message}; ` +
    `expected ${finding.expected}, got ${finding.actual}`);
  if (finding.next) row.append(element("span", `next: ${finding.next}`, "next"));
  prepend(at("findings"), row);
}

function show_sessions(sessions) {
  const place = at("sessions");
  if (sessions.length === 0) return;
  place.replaceChildren();
  for (const session of sessions) {
    place.append(element("h3", `${session.session}: ${session.finished} of ${session.files} files`));
    const table = element("table");
    const head = element("tr");
    for (const title of ["File", "Type", "Bytes", "Progress", ""]) head.append(element("th", title));
    table.append(head);
    for (const upload of session.uploads) {
      const row = element("tr");
      const bar = element("progress");
      bar.max = Math.max(1, upload.length ?? 1);
      bar.value = upload.finished ? bar.max : (upload.offset ?? 0);
      bar.setAttribute("aria-label", `progress of ${upload.name}`);
      const progress = element("td");
      progress.append(bar);
      const state = upload.removed ? "removed" : upload.finished ? "finished" : "on its way";
      row.append(
        element("td", upload.name, "target"),
        element("td", upload.file_type),
        element("td", `${upload.offset ?? 0} / ${upload.length ?? "?"}`),
        progress,
        element("td", state),
      );
      table.append(row);
    }
    place.append(table);
  }
}

function show_faults(faults) {
  const list = at("faults");
  list.replaceChildren();
  for (const fault of faults) {
    const row = element("li");
    const { id, matched, struck, ...rest } = fault;
    row.append(element("code", JSON.stringify(rest)), ` matched ${matched}, struck ${struck} `);
    const button = element("button", "Clear");
    button.type = "button";
    button.dataset.delete = `/api/faults/${id}`;
    row.append(button);
    list.append(row);
  }
  if (faults.length === 0) list.append(element("li", "None is armed.", "empty"));
}

async function refresh() {
  try {
    const [sessions, faults, clock] = await Promise.all([
      ask("/api/sessions"), ask("/api/faults"), ask("/api/clock"),
    ]);
    show_sessions(sessions.sessions);
    show_faults(faults.faults);
    at("now").textContent = clock.now;
    at("now").dateTime = clock.now;
  } catch (failure) {
    say(failure.message);
  }
}

let waiting = false;
function refresh_soon() {
  if (waiting) return;
  waiting = true;
  setTimeout(() => { waiting = false; refresh(); }, 300);
}

async function act(path, method, body) {
  try {
    const told = await ask(path, method, body);
    say(told.done ?? "done");
  } catch (failure) {
    say(failure.message);
  }
  refresh_soon();
}

function listen() {
  const events = new EventSource("/api/events");
  const on = (kind, show) => events.addEventListener(kind, (event) => {
    if (show) show(JSON.parse(event.data));
    refresh_soon();
  });
  on("request", show_request);
  on("refusal", show_finding);
  on("finding", show_finding);
  on("upload");
  on("fault");
  events.onopen = () => { at("state").textContent = "live"; };
  events.onerror = () => { at("state").textContent = "the server does not answer; trying again"; };
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.sure && !confirm(button.dataset.sure)) return;
  if (button.dataset.post) act(button.dataset.post, "POST");
  if (button.dataset.delete) act(button.dataset.delete, "DELETE");
});
at("arm").addEventListener("submit", (event) => {
  event.preventDefault();
  act("/api/faults", "POST", at("fault").value);
});
at("clock").addEventListener("submit", (event) => {
  event.preventDefault();
  act("/api/clock", "POST", JSON.stringify({ advance: at("advance").value }));
});

(async () => {
  const [ready] = await Promise.all([ask("/readyz"), refresh()]);
  at("service").textContent = `${ready.url}/files as ${ready.imitates}, sfmkit ${ready.version}`;
  const requests = await ask("/api/requests?limit=1000");
  for (const request of requests.requests.slice(-most_rows)) {
    show_request({ ...request, ended: Date.parse(request.ended) });
  }
  const findings = await ask("/api/findings?limit=1000");
  for (const finding of findings.findings.slice(-most_rows)) show_finding(finding);
  listen();
})().catch((failure) => say(failure.message));
