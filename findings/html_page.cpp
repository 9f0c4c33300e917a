#include "findings/html_page.hpp"

namespace sfmkit::findings {

// The policy names both by their digest, so nothing that a name smuggles in is run. A test in
// tests/findings compares the digests with the texts; whoever changes a text changes its digest.

std::string_view html_policy() noexcept {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; "
           "style-src 'sha256-Xc3v6MmRHTAZftNoQ67iJb9Qz/mroHu56U4Gvplx3a0='; "
           "script-src 'sha256-bpRrqNK2PWQOjlZVsC01n5VM/FSixchljhSWqyEfIiA='";
}

std::string_view html_style() noexcept {
    return R"css(
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1b2430;--soft:#566273;
--line:#dde2e9;--bad:#b3261e;--warn:#8a5a00;--good:#1c6b3c;--info:#2456a6;--tint:#eef1f5}
@media (prefers-color-scheme:dark){:root{--bg:#12161c;--card:#1a2029;--ink:#e6eaf0;
--soft:#9aa7b8;--line:#303946;--bad:#ff8a80;--warn:#f2bd5a;--good:#74d69b;--info:#8ab8ff;
--tint:#232b36}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);
font:15px/1.5 system-ui,"Segoe UI","Liberation Sans","DejaVu Sans",sans-serif}
main{max-width:72rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.5rem;line-height:1.25;margin:.35rem 0 .4rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2.4rem 0 .8rem}
p{margin:.3rem 0}
a{color:var(--info)}
code,.m{font:13px/1.5 ui-monospace,"Liberation Mono","DejaVu Sans Mono",monospace;
overflow-wrap:anywhere}
.card,details{background:var(--card);border:1px solid var(--line);border-radius:10px}
.card{padding:1.4rem 1.5rem;border-left:6px solid var(--soft)}
.card.bad{border-left-color:var(--bad)}.card.good{border-left-color:var(--good)}
.card.open{border-left-color:var(--warn)}
.tag{display:inline-block;font-size:.75rem;font-weight:700;letter-spacing:.06em;
text-transform:uppercase}
.error,.bad .tag{color:var(--bad)}.warning,.open .tag{color:var(--warn)}
.info{color:var(--info)}.good .tag{color:var(--good)}
.soft{color:var(--soft)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;
margin:1rem 0 0}
.tiles div{background:var(--card);border:1px solid var(--line);border-radius:10px;
padding:.7rem 1rem}
.tiles b{display:block;font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}
.tiles span{color:var(--soft);font-size:.85rem}
dl{display:grid;grid-template-columns:9rem 1fr;gap:.3rem 1rem;margin:1rem 0 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
form{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;gap:.6rem;align-items:center;
background:var(--bg);padding:.6rem 0}
form[hidden]{display:none}
input,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);
border-radius:8px;padding:.4rem .7rem}
input{flex:1 1 16rem;min-width:0}
:focus-visible{outline:2px solid var(--info);outline-offset:2px}
details{margin:.6rem 0}
summary{cursor:pointer;padding:.8rem 1.1rem;display:flex;gap:.9rem;align-items:baseline}
summary .t{flex:1;font-weight:600;overflow-wrap:anywhere}
summary .n{white-space:nowrap;font-variant-numeric:tabular-nums}
.in{padding:0 1.1rem 1rem}
.f{border-top:1px solid var(--line);padding:.7rem 0}
.f[hidden],details[hidden],tr[hidden]{display:none}
.f .tag{min-width:5rem}
.ea{display:grid;grid-template-columns:5.5rem 1fr;gap:0 .6rem;margin:.3rem 0 0}
.fix{background:var(--tint);border-radius:8px;padding:.6rem .9rem;margin:.2rem 0 .8rem}
table{border-collapse:collapse;width:100%;background:var(--card);font-size:.93rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .7rem;border:1px solid var(--line);
overflow-wrap:anywhere}
th{color:var(--soft);font-weight:600}
td.n{text-align:right;font-variant-numeric:tabular-nums;overflow-wrap:normal}
ul{padding-left:1.2rem;overflow-wrap:anywhere}
@media (max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}
summary{flex-wrap:wrap}summary .t{flex-basis:100%;order:3}}
@page{margin:16mm}
@media print{.tiles{grid-template-columns:repeat(6,1fr)}
:root{--bg:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--bad:#9b1c14;
--warn:#6f4800;--good:#14532d;--info:#1a3f7a;--tint:#f3f3f3}
body{font-size:10.5pt}main{max-width:none;padding:0}form{display:none}
.f,.fix,tr,.tiles div{break-inside:avoid}summary{break-after:avoid;list-style:none}
details::details-content{content-visibility:visible;block-size:auto}
a{color:inherit;text-decoration:none}}
)css";
}

std::string_view html_script() noexcept {
    return R"js(
"use strict";
const form = document.querySelector("form");
const rows = [...document.querySelectorAll("[data-s]")];
const texts = rows.map((row) => (row.dataset.k + " " + row.textContent).toLowerCase());
const groups = [...document.querySelectorAll("details.g")];
const parts = new Map(groups.map((group) => [group, [...group.querySelectorAll("[data-s]")]]));
const told = document.querySelector("output");
const apply = () => {
  const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
  const severity = form.s.value;
  let shown = 0;
  let all = 0;
  rows.forEach((row, at) => {
    const right = !severity || row.dataset.s.split(" ").includes(severity);
    row.hidden = !(right && words.every((word) => texts[at].includes(word)));
    if (row.className !== "f") return;
    all += 1;
    if (!row.hidden) shown += 1;
  });
  for (const group of groups) {
    const some = parts.get(group).some((row) => !row.hidden);
    group.hidden = !some && Boolean(words.length || severity);
  }
  told.textContent = shown + " of " + all + " listed findings shown";
};
form.hidden = false;
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
apply();
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const part of closed) part.open = true;
});
addEventListener("afterprint", () => {
  for (const part of closed) part.open = false;
});
)js";
}

}  // namespace sfmkit::findings
