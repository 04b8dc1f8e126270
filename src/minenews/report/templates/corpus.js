"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const releases = data.releases;
const $ = (id) => document.getElementById(id);
const VIEWS = ["releases", "facts", "charts", "timeline", "checks", "loose"];
const MANY = 300; // rows of a table that are shown at first

/** An element with properties and children; strings become text, never markup. */
function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

// ---- filters -------------------------------------------------------------------------------------------------------

const filters = { search: $("search"), company: $("company"), year: $("year"), doubtful: $("doubtful") };
const doubtful = new Set(data.checks.filter((check) => check.verdict === "disagrees").flatMap((check) => check.releases));
for (const line of data.timelines) for (const entry of line.entries) if (entry.conflict) entry.releases.forEach((n) => doubtful.add(n));
let shown = new Set(releases.keys());

function options(select, values) {
  select.append(...[...new Set(values.filter(Boolean))].sort().map((value) => make("option", { value }, value)));
}
options(filters.company, releases.map((release) => release.issuer));
options(filters.year, releases.map((release) => release.date?.slice(0, 4)));

function passes(release, number) {
  const words = filters.search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const where = [release.headline, release.issuer, release.release, release.text].join(" ").toLowerCase();
  return (
    (!filters.company.value || release.issuer === filters.company.value) &&
    (!filters.year.value || release.date?.startsWith(filters.year.value)) &&
    (!filters.doubtful.checked || doubtful.has(number)) &&
    words.every((word) => where.includes(word))
  );
}

function filter() {
  shown = new Set([...releases.keys()].filter((number) => passes(releases[number], number)));
  $("count").textContent = `${shown.size} of ${releases.length} releases`;
  drawList();
  drawView();
}

// ---- the list and the text -----------------------------------------------------------------------------------------

let current = null; // number of the release that is open

function drawList() {
  const links = [...shown].map((number) => {
    const release = releases[number];
    const notes = [release.duplicate_of ? `repeats ${release.duplicate_of}` : "", doubtful.has(number) ? "disagreement" : ""].filter(Boolean);
    return make(
      "a",
      { href: `#release/${number}`, "aria-current": number === current ? "true" : null },
      make("small", {}, release.date ?? "undated"),
      make("b", {}, release.headline ?? release.release),
      make("small", {}, release.issuer ?? "no issuer named"),
      notes.length ? make("small", { class: "grave" }, ` · ${notes.join(" · ")}`) : null,
    );
  });
  $("list").replaceChildren(...(links.length ? links : [make("p", { class: "empty" }, "No release passes the filters.")]));
}

let marked = new Map(); // record row -> the elements of its evidence
let beginnings = new Map(); // offset -> the element that begins there

/** Show a release: its text in segments, cut wherever a span or the evidence of a record begins or ends. */
function open(number) {
  const release = releases[number];
  current = number;
  const chars = Array.from(release.text); // offsets count characters, not UTF-16 units
  const rows = release.sections.flatMap((section) => section.rows);
  rows.push(...release.loose);
  const evidence = rows.flatMap((row) => (row.id === undefined ? [row.at] : row.at).map(([start, end]) => ({ row, start, end })));
  const cuts = [0, chars.length, ...evidence.flatMap((e) => [e.start, e.end]), ...release.spans.flatMap((s) => [s[0], s[1]]), ...release.tables.flat()];
  const places = [...new Set(cuts)].sort((a, b) => a - b);
  const index = new Map(places.map((place, n) => [place, n]));
  const segments = places.slice(0, -1).map((start, n) => ({ text: chars.slice(start, places[n + 1]).join(""), label: null, rows: [] }));
  for (const [start, end, label] of release.spans) for (let n = index.get(start); n < index.get(end); n++) segments[n].label = label;
  evidence.sort((a, b) => a.end - a.start - (b.end - b.start)); // the closest evidence answers a click
  for (const { row, start, end } of evidence) for (let n = index.get(start); n < index.get(end); n++) segments[n].rows.push(row);

  marked = new Map(rows.map((row) => [row, []]));
  beginnings = new Map();
  const body = make("div", { id: "body" });
  const grids = new Map(release.tables.map(([start, end]) => [index.get(start), index.get(end)]));
  let parent = body;
  let until = -1;
  segments.forEach((segment, n) => {
    if (n === until) parent = body;
    if (grids.has(n)) {
      parent = body.appendChild(make("div", { class: "grid", tabindex: "0" }));
      until = grids.get(n);
    }
    const node = piece(segment);
    beginnings.set(places[n], node);
    parent.append(node);
  });

  const told = [release.date, release.issuer, release.place, release.wire, release.release].filter(Boolean).join(" · ");
  const labels = [...new Set(release.spans.map((span) => span[2]))].sort();
  const names = (label) => ({ figure: "figure in a record", quantity: "figure not linked" })[label] ?? label;
  $("text").replaceChildren(
    make("a", { id: "back", href: "#releases" }, "← all releases"),
    make("h2", {}, release.headline ?? release.release),
    make("small", {}, told),
    release.duplicate_of ? make("p", { class: "grave" }, `Repeats ${release.duplicate_of}; it does not count in the other views.`) : "",
    make("div", { class: "legend" }, ...labels.map((label) => make("mark", { class: label }, names(label)))),
    body,
  );
  $("records").replaceChildren(...release.sections.map((section) => sectionTable(section, number)), looseTable(release));
  $("text").scrollTop = $("records").scrollTop = 0;
  document.querySelectorAll("#list a").forEach((link) => {
    const here = link.getAttribute("href") === `#release/${number}`;
    here ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    if (here) link.scrollIntoView({ block: "nearest" });
  });
}

function piece(segment) {
  if (!segment.label && !segment.rows.length) return document.createTextNode(segment.text);
  const node = make(segment.label ? "mark" : "span", { class: [segment.label, segment.rows.length ? "of-record" : ""].join(" ").trim() }, segment.text);
  for (const row of segment.rows) marked.get(row).push(node);
  if (segment.rows.length) {
    node.title = segment.rows.slice(0, 6).map((row) => (row.id === undefined ? "not linked" : row.cells.filter(Boolean).join(" · ").slice(0, 120))).join("\n");
    node.addEventListener("click", () => pick(segment.rows[0], false));
  }
  return node;
}

const lines = new WeakMap(); // record row -> its table row

function bind(line, row) {
  lines.set(row, line);
  line.addEventListener("mouseenter", () => light(row));
  line.addEventListener("mouseleave", () => light(picked));
  line.addEventListener("focusin", () => light(row));
  line.addEventListener("click", () => pick(row, true));
  return line;
}

function sectionTable(section) {
  const right = section.columns.map((name) => name.startsWith(">"));
  const head = section.columns.map((name, n) => make("th", { scope: "col", class: right[n] ? "right" : null }, name.replace(">", "")));
  const body = section.rows.map((row) => {
    const cells = row.cells.map((cell, n) => {
      const content = n ? cell : make("button", { type: "button", class: "id", "aria-label": `${cell}: show the evidence` }, cell);
      const verdict = section.columns[n] === "verdict" ? cell : "";
      return make("td", { class: right[n] ? "right" : verdict || (cell.length <= 10 ? "whole" : null) }, content);
    });
    return bind(make("tr", {}, ...cells), row);
  });
  return make("section", {}, make("h3", {}, section.title), make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)));
}

function looseTable(release) {
  if (!release.loose.length) return "";
  const body = release.loose.map((row) =>
    bind(make("tr", {}, make("td", {}, make("button", { type: "button", class: "id" }, row.text)), make("td", { class: "soft" }, row.section)), row),
  );
  return make("section", {}, make("h3", {}, "Read, but in no record"), make("table", {}, make("tbody", {}, ...body)));
}

let picked = null;
let lit = [];

function light(row) {
  lit.forEach((node) => node.classList.remove("on", "main"));
  lit = (row && marked.get(row)) || [];
  lit.forEach((node) => node.classList.add("on"));
  mainOf(row)?.classList.add("main");
}

/** The first piece of what a record says first of all: its value, its kind. */
function mainOf(row) {
  const first = row && (row.id === undefined ? row.at : row.at[0]);
  return first && beginnings.get(first[0]);
}

/** Choose a record: light its evidence, and bring into view what the user did not click on. */
function pick(row, fromRecords) {
  if (picked) lines.get(picked)?.classList.remove("picked");
  picked = row;
  light(row);
  const line = lines.get(row);
  line?.classList.add("picked");
  const target = fromRecords ? mainOf(row) : line;
  target?.scrollIntoView({ block: fromRecords ? "center" : "nearest" });
}

// ---- tables over all releases --------------------------------------------------------------------------------------

/** A link into a release, to a record of it where one is named. */
function linkTo(number, id, words) {
  return make("a", { href: `#release/${number}${id ? `/${id}` : ""}` }, words ?? releases[number].date ?? releases[number].release);
}

const FACT_COLUMNS = ["release", "id", "company", "asset", "metric", "commodity", "value", "unit", "period", "basis", "notes"];
const CSV_COLUMNS = ["file", "date", ...FACT_COLUMNS.slice(1, 7), "low", "high", "bound", "unit", "period", "from", "to", "basis", "share", "notes", "as written"];
let order = { column: "release", down: true };
let all = false;

const figure = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });
function written(fact) {
  if (fact.value === null && fact.low !== null && fact.high !== null) return `${figure.format(fact.low)} – ${figure.format(fact.high)}`;
  const one = fact.value ?? fact.low ?? fact.high;
  const sign = { min: "≥ ", max: "≤ ", about: "~ " }[fact.bound] ?? "";
  return one === null ? "" : sign + figure.format(one);
}

function sortKey(fact) {
  if (order.column === "value") return fact.value ?? fact.low ?? fact.high;
  if (order.column === "release") return releases[fact.release].date;
  if (order.column === "id") return Number(fact.id.slice(1));
  if (order.column === "period") return fact.to ? `${fact.to} ${fact.from}` : null;
  return fact[order.column];
}

function chosenFacts() {
  const words = $("fact-search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const told = (fact) => [fact.company, fact.asset, fact.metric, fact.commodity, fact.unit, fact.period, fact.basis, fact.notes].join(" ").toLowerCase();
  const facts = data.facts.filter((fact) => shown.has(fact.release) && words.every((word) => told(fact).includes(word)));
  return facts.sort((a, b) => {
    const [x, y] = [sortKey(a), sortKey(b)];
    const empty = (x === null || x === "") - (y === null || y === "");
    return empty || (x < y ? -1 : x > y ? 1 : 0) * (order.down ? -1 : 1);
  });
}

function drawFacts() {
  const facts = chosenFacts();
  const head = FACT_COLUMNS.map((name) => {
    const sort = order.column === name ? (order.down ? "descending" : "ascending") : null;
    const button = make("button", { type: "button" }, name);
    button.addEventListener("click", () => {
      order = { column: name, down: order.column === name && !order.down };
      drawFacts();
      document.querySelector("#fact-table th[aria-sort] button").focus();
    });
    return make("th", { scope: "col", "aria-sort": sort, class: name === "value" ? "right" : null }, button);
  });
  const body = facts.slice(0, all ? facts.length : MANY).map((fact) => {
    const cells = FACT_COLUMNS.map((name) => {
      if (name === "release") return make("td", {}, linkTo(fact.release, fact.id));
      return name === "value" ? make("td", { class: "right" }, written(fact)) : make("td", {}, fact[name]);
    });
    const line = make("tr", {}, ...cells);
    line.addEventListener("click", () => (location.hash = `#release/${fact.release}/${fact.id}`));
    return line;
  });
  const rest = all ? 0 : facts.length - body.length;
  const more = make("button", { type: "button" }, `Show ${rest} more`);
  more.addEventListener("click", () => ((all = true), drawFacts()));
  $("fact-table").replaceChildren(
    make("p", { class: "soft" }, `${figure.format(facts.length)} facts`),
    make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)),
    rest > 0 ? more : "",
  );
}

/** A cell for a spreadsheet: text that would be taken for a formula is marked as text. */
function csvCell(value) {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function factsCsv() {
  const rows = chosenFacts().map((fact) => ({ ...fact, file: releases[fact.release].release, date: releases[fact.release].date }));
  return [CSV_COLUMNS, ...rows.map((row) => CSV_COLUMNS.map((name) => row[name]))].map((cells) => cells.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

$("csv").addEventListener("click", () => {
  const link = make("a", { href: URL.createObjectURL(new Blob([factsCsv()], { type: "text/csv;charset=utf-8" })), download: "facts.csv" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});

function drawCharts() {
  let count = 0;
  for (const chart of document.querySelectorAll("figure")) {
    chart.hidden = !chart.dataset.releases.split(" ").some((number) => shown.has(Number(number)));
    count += !chart.hidden;
  }
  $("no-charts").hidden = count > 0;
}

const WORKS = new Set(["operating", "ramp up", "restart", "first production", "commercial production"]);
const STANDS = new Set(["suspended", "care and maintenance", "closed", "suspension", "closure", "strike", "blockade", "fire", "accident", "fatality", "tailings failure", "flood", "ground failure"]);

function drawTimelines() {
  const made = [];
  for (const line of data.timelines) {
    const entries = line.entries.filter((entry) => entry.releases.some((number) => shown.has(number)));
    if (!entries.length) continue;
    const company = releases[entries[0].releases[0]].issuer;
    const items = entries.map((entry) => {
      const real = entry.modality === null || entry.modality === "ongoing";
      const hue = !real ? "" : WORKS.has(entry.what) ? "works" : STANDS.has(entry.what) ? "stands" : entry.type === "state" ? "builds" : "";
      const when = entry.until && entry.until !== entry.when ? `${entry.when} to ${entry.until}` : entry.when;
      const what = entry.type === "state" ? make("b", {}, entry.what) : make("span", {}, entry.what + (entry.modality ? ` (${entry.modality})` : ""));
      const links = entry.releases.flatMap((number, n) => [n ? ", " : "", linkTo(number)]);
      return make(
        "li",
        { class: `${entry.type} ${hue}` },
        make("time", {}, when),
        what,
        entry.type === "event" && entry.as_written ? make("q", { class: "soft" }, entry.as_written.slice(0, 220)) : null,
        make("small", {}, "told in ", ...links),
        entry.conflict ? make("span", { class: "conflict" }, `contradicted: ${entry.conflict}`) : null,
      );
    });
    made.push(make("section", {}, make("h3", {}, line.asset, make("small", {}, ` ${line.kind}${company ? ` · ${company}` : ""}`)), make("ul", { class: "line" }, ...items)));
  }
  $("timelines").replaceChildren(...(made.length ? made : [make("p", { class: "empty" }, "No state or event of an asset is told here.")]));
}

function drawChecks() {
  const checks = data.checks.filter((check) => check.releases.some((number) => shown.has(number)));
  const counts = ["disagrees", "rounding", "agrees"].map((verdict) => `${checks.filter((check) => check.verdict === verdict).length} ${verdict}`);
  const body = checks.map((check) =>
    make(
      "tr",
      {},
      make("td", { class: check.verdict }, check.verdict),
      make("td", {}, check.kind),
      make("td", {}, check.about ? `${check.about}: ` : "", check.message),
      make("td", {}, releases[check.releases[0]].issuer ?? ""),
      make("td", {}, ...check.releases.flatMap((number, n) => [n ? ", " : "", linkTo(number, check.id)])),
    ),
  );
  const head = ["verdict", "kind", "arithmetic", "company", "releases"].map((name) => make("th", { scope: "col" }, name));
  $("check-table").replaceChildren(
    make("p", { class: "soft" }, counts.join(", ")),
    make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)),
  );
}

function drawLoose() {
  const made = [];
  for (const error of data.errors) made.push(make("p", { class: "grave" }, `${error.release} could not be read: ${error.error}`));
  for (const number of shown) {
    const release = releases[number];
    if (!release.loose.length || release.duplicate_of) continue;
    const rows = release.loose.flatMap((row, n) => [
      linkTo(number, `loose${n}`, row.text),
      make("span", { class: "soft" }, `… ${row.before}`, make("b", {}, row.text), `${row.after} …`),
    ]);
    made.push(make("h3", {}, release.headline ?? release.release, make("small", {}, ` ${release.date ?? ""}`)), make("div", { class: "loose" }, ...rows));
  }
  $("loose-list").replaceChildren(...(made.length ? made : [make("p", { class: "empty" }, "Everything that was read is in a record.")]));
}

// ---- where the address points --------------------------------------------------------------------------------------

const DRAW = { releases: () => {}, facts: drawFacts, charts: drawCharts, timeline: drawTimelines, checks: drawChecks, loose: drawLoose };
let view = "releases";

function drawView() {
  DRAW[view]();
}

function route() {
  const [name, number, id] = location.hash.slice(1).split("/");
  const known = name === "release" && releases[Number(number)];
  view = known ? "releases" : VIEWS.includes(name) ? name : "releases";
  for (const one of VIEWS) $(`view-${one}`).hidden = one !== view;
  document.querySelectorAll("header nav a").forEach((link) => {
    link.getAttribute("href") === `#${view}` ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  });
  document.querySelector(".reader").classList.toggle("open", Boolean(known));
  if (known && (current !== Number(number) || !picked || id)) {
    picked = null;
    open(Number(number));
    const release = releases[Number(number)];
    const rows = release.sections.flatMap((section) => section.rows);
    const row = id?.startsWith("loose") ? release.loose[Number(id.slice(5))] : id && rows.find((one) => one.id === id);
    if (row) {
      pick(row, true);
      pick(row, false);
    }
  } else if (view === "releases" && current === null && releases.length) {
    open([...shown][0] ?? 0); // wide screens show a release beside the list
  }
  drawView();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) {
    event.preventDefault();
    filters.search.focus();
  }
  const link = event.target.closest?.("#list a");
  if (link && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    (event.key === "ArrowDown" ? link.nextElementSibling : link.previousElementSibling)?.focus();
  }
});
for (const control of Object.values(filters)) control.addEventListener("input", filter);
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("fact-search").addEventListener("input", drawFacts);
window.addEventListener("hashchange", route);
filter();
route();
