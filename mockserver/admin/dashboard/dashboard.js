"use strict";
// Everything that came from a client is put in as text, never as markup.

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

function request_row(request) {
  const row = element("tr");
  const shown = request.status === 0 ? request.end : String(request.status);
  row.append(
    element("td", request.ended.slice(11, 23)),
    element("td", `${request.connection}.${request.number}`),
    element("td", `${request.method} ${request.target}`, "target"),
    element("td", shown, `status-${Math.floor(request.status / 100)}`),
    element("td", String(request.body_bytes)),
    element("td", request.offset_after === null ? "" : String(request.offset_after)),
    element("td", request.faults.join(", ")),
  );
  return row;
}

function finding_row(finding) {
  const row = element("li");
  row.append(element("span", finding.rule, `rule ${finding.severity}`));
  row.append(` ${finding.file}: ${finding.place ? finding.place + ": " : ""}${finding.message}; ` +
    `expected ${finding.expected}, got ${finding.actual}`);
  if (finding.next) row.append(element("span", `next: ${finding.next}`, "next"));
  return row;
}

function progress_cell(value, max, label) {
  const bar = element("progress");
  bar.max = Math.max(1, max);
  bar.value = value;
  bar.setAttribute("aria-label", label);
  const cell = element("td");
  cell.append(bar);
  return cell;
}

function session_part(session) {
  const place = element("section");
  place.append(element("h3", `${session.session || "No SessionId"}: ${session.finished} of ${session.files} files whole`));
  const table = element("table");
  const head = element("tr");
  for (const title of ["File", "Type", "Bytes", "Progress", ""]) head.append(element("th", title));
  table.append(head);
  for (const upload of session.uploads) {
    const offset = upload.offset ?? (upload.finished ? upload.length : 0);
    const state = upload.removed ? "removed" : upload.finished ? "whole" : "on its way";
    const row = element("tr");
    row.append(
      element("td", upload.name, "target"),
      element("td", upload.file_type),
      element("td", `${offset} / ${upload.length ?? "?"}`),
      progress_cell(offset, upload.length ?? 1, `progress of ${upload.name}`),
      element("td", state),
    );
    table.append(row);
  }
  const hidden = session.files - session.uploads.length;
  place.append(table);
  if (hidden > 0) place.append(element("p", `${hidden} more files are not shown.`, "empty"));
  return place;
}

function fault_row(fault) {
  const row = element("li");
  const { id, matched, struck, ...rest } = fault;
  row.append(element("code", JSON.stringify(rest)), ` matched ${matched}, struck ${struck} `);
  const button = element("button", "Clear");
  button.type = "button";
  button.dataset.delete = `/api/faults/${id}`;
  row.append(button);
  return row;
}

function show_list(id, items, make, none) {
  at(id).replaceChildren(...(items.length === 0 ? [element("li", none, "empty")] : items.map(make)));
}

function show(overview) {
  const { service, clock } = overview;
  at("service").textContent = `${service.url}/files as ${service.imitates}, sfmkit ${service.version}`;
  const parts = overview.sessions.map(session_part);
  if (overview.more_sessions > 0) {
    parts.push(element("p", `${overview.more_sessions} older migrations are not shown.`, "empty"));
  }
  if (parts.length === 0) parts.push(element("p", "No upload yet.", "empty"));
  at("sessions").replaceChildren(...parts);
  show_list("findings", overview.findings, finding_row, "Nothing so far.");
  at("requests").replaceChildren(...overview.requests.map(request_row));
  show_list("faults", overview.faults, fault_row, "None is armed.");
  at("now").textContent = clock.now;
  at("now").dateTime = clock.now;
}

async function refresh() {
  try {
    show(await ask("/api/overview"));
  } catch (failure) {
    say(failure.message);
  }
}

// The page leaves the server most of the time to itself, however large the migration.
let waiting = false;
let cost = 0;
function refresh_soon() {
  if (waiting) return;
  waiting = true;
  setTimeout(async () => {
    const begun = performance.now();
    await refresh();
    cost = performance.now() - begun;
    waiting = false;
  }, Math.max(300, 10 * cost));
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
  for (const kind of ["request", "refusal", "finding", "upload", "fault"]) {
    events.addEventListener(kind, refresh_soon);
  }
  events.onopen = () => {
    at("state").textContent = "live";
    refresh_soon();
  };
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

show(JSON.parse(at("first").textContent));
listen();
