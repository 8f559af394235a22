/* The sheet of a pledge and of a period's report: puts the parts together. */
import { readClipboard } from "../clipboard.js";
import { fill, wordsOf } from "../words.js";
import { openDatabase, Keeping } from "./keeping.js";
import { actOf, cellBeyond, rowBeyond } from "./keys.js";
import { Page, element } from "./page.js";
import { figuresIn, optionFor, planOf } from "./paste.js";
import { Row } from "./rows.js";
import { Saving } from "./saving.js";
import { offerFile } from "./unsent.js";

const PATIENCE = 15000;
const LEFT_NAMED = 5;
const form = document.querySelector("form[data-grid]");
const words = wordsOf(form);
const table = form.querySelector(".sheet");
const order = form.dataset.order.split(" ");
const places = new Map();
const rows = [...form.querySelectorAll("[data-row]")].map(rowOf);
const rowByPid = new Map(rows.map((row) => [row.pid, row]));
const prefix = `gu:${form.dataset.user}:${form.dataset.grid}:`;
const keeping = new Keeping(prefix, localStore(), openDatabase(window.indexedDB));
const page = new Page(form, places, words);
const clock = {
  now: () => Date.now(),
  later: (act, milliseconds) => setTimeout(act, milliseconds),
  never: (handle) => clearTimeout(handle),
};
const saving = new Saving({ rows, post, keeping, page, words, clock, tab: newTab() });
let isLeaving = false;

function newTab() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* Null where the browser refuses it. */
function localStore() {
  try {
    return window.localStorage;
  } catch (error) {
    return null;
  }
}

// -- rows

function rowOf(tr) {
  const pid = tr.dataset.row;
  const cells = {};
  const outputs = {};
  for (const control of tr.querySelectorAll("[data-cell]")) {
    (control.tagName === "OUTPUT" ? outputs : cells)[control.dataset.cell] = control;
  }
  for (const control of table.querySelectorAll(`[data-hamlet="${pid}"]`)) {
    cells[control.name] = control;
  }
  const base = Object.fromEntries(Object.entries(cells).map(([name, control]) => [name, sentText(control)]));
  const row = new Row(pid, cells, base, form.elements[`ver-${pid}`]);
  places.set(row, { tr, outputs, notes: form.querySelector(`[data-notes="${pid}"]`) });
  return row;
}

/* What the server sent. A browser that goes back fills in what stood there when the page was left: that is neither the
   server's nor typed now, and what was typed and not saved is kept apart. */
function sentText(control) {
  if (control.tagName !== "SELECT") {
    return control.defaultValue;
  }
  const chosen = [...control.options].find((option) => option.defaultSelected) || control.options[0];
  return chosen ? chosen.value : "";
}

function resetUntouched() {
  for (const row of rows) {
    for (const name of row.names) {
      if (!row.touched[name] && row.cells[name].value !== row.base[name]) {
        row.cells[name].value = row.base[name];
      }
    }
    page.recount(row);
  }
}

function typedAlone(row, name) {
  setBeside(row, name, null);
  saving.typed(row, name);
}

/* What a figure was pasted beside goes to the server with it, until somebody types it alone. */
function setBeside(row, name, texts) {
  if (texts === null) {
    delete row.beside[name];
  } else {
    row.beside[name] = texts;
  }
  page.showBeside(row, name, texts);
}

function listen(row, name, control) {
  control.addEventListener("input", () => typedAlone(row, name));
  if (control.tagName === "SELECT") {
    control.addEventListener("change", () => typedAlone(row, name));
  }
  control.addEventListener("blur", () => {
    if (row.timer) {
      saving.send(row);
    }
  });
  control.addEventListener("focus", () => {
    control.dataset.before = control.value;
    if (control.tagName === "INPUT") {
      control.select();
    }
  });
}

page.onSuggestion = (row, name, meant) => {
  row.cells[name].value = meant;
  typedAlone(row, name);
  row.cells[name].focus();
};

/* The whole cell is its field; a text is whole while one stands in it. */
table.addEventListener("click", (event) => {
  if (event.target.matches("td.cell")) {
    event.target.querySelector("input, textarea, select")?.focus();
  }
});

function fit(area) {
  area.style.height = "";
  area.style.height = `${Math.max(area.scrollHeight + 4, area.closest("td").clientHeight)}px`;
}

for (const area of table.querySelectorAll("td.cell textarea")) {
  area.addEventListener("focus", () => fit(area));
  area.addEventListener("input", () => fit(area));
  area.addEventListener("blur", () => {
    area.style.height = "";
  });
}

// -- the server

async function post(row, message, isLast) {
  const abort = new AbortController();
  const patience = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const address = places.get(row).tr.dataset.save || form.dataset.save.replace("TARGET", row.pid);
    const response = await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      keepalive: isLast,
      signal: abort.signal,
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": form.elements.csrf_token.value,
      },
      body: JSON.stringify(message),
    });
    return { status: response.status, answer: await response.json().catch(() => ({})) };
  } finally {
    clearTimeout(patience);
  }
}

/* The login ended, or began anew in another tab: take the new token and go on. */
saving.onExpired = () => {
  const properties = { target: "_blank", rel: "noopener" };
  page.sayWithLink(words.expired, form.dataset.login, words.login, properties);
  renewToken();
};

let isRenewing = false;
async function renewToken() {
  if (isRenewing) {
    return;
  }
  isRenewing = true;
  try {
    const response = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    takeToken(fresh.querySelector("form[data-grid]"));
  } catch (error) {
    // asked again on the next failure
  }
  isRenewing = false;
}

function takeToken(fresh) {
  if (!fresh) {
    return;
  }
  if (fresh.dataset.user !== form.dataset.user) {
    saving.close();
    page.say(words.someoneElse);
    return;
  }
  const token = fresh.querySelector("[name=csrf_token]").value;
  if (token !== form.elements.csrf_token.value) {
    form.elements.csrf_token.value = token;
    saving.again();
  }
}

// -- keys

table.addEventListener("keydown", (event) => {
  const control = event.target;
  const name = control.dataset?.cell;
  if (!name || event.isComposing) {
    return;
  }
  const row = rowByPid.get(control.closest("tr").dataset.row);
  const act = actOf(event, placeIn(control));
  if (act && (follow(act, row, name, control) || act.always)) {
    event.preventDefault();
  }
});

function placeIn(control) {
  const isChanged = control.dataset.before !== undefined && control.value !== control.dataset.before;
  if (control.tagName === "SELECT") {
    return { kind: "choice", start: 0, end: 0, length: 0, isChanged };
  }
  const kind = control.tagName === "TEXTAREA" ? "text" : "number";
  const { selectionStart: start, selectionEnd: end } = control;
  return { kind, start, end, length: control.value.length, isChanged };
}

/* Whether there was something to do. */
function follow({ act, by }, row, name, control) {
  if (act === "newline") {
    control.setRangeText("\n", control.selectionStart, control.selectionEnd, "end");
    saving.typed(row, name);
    return true;
  }
  if (act === "restore") {
    control.value = control.dataset.before;
    saving.typed(row, name);
    return true;
  }
  const nextRow = act === "rows" ? rowBeyond(rows, row, name, by) : row;
  const nextName = act === "rows" ? name : cellBeyond(row, order, name, by);
  const next = nextRow?.cells[nextName];
  next?.focus();
  return Boolean(next);
}

// -- a block from Excel, Word or a page

const pastedLine = element("span");
pastedLine.dataset.pasted = "";

table.addEventListener("paste", (event) => {
  const control = event.target;
  const name = control.dataset?.cell;
  if (!name || !event.clipboardData) {
    return;
  }
  const { rows: lines, isTable } = readClipboard(event.clipboardData);
  const isText = control.tagName === "TEXTAREA";
  const isBlock = lines.length > 1 || lines[0].length > 1;
  const isProse = isText && !isTable && lines.every((line) => line.length < 2);
  if ((!isBlock && !isTable) || isProse) {
    return;
  }
  event.preventDefault();
  const row = rowByPid.get(control.closest("tr").dataset.row);
  if (!isBlock && isText) {
    pasteInto(row, name, lines[0][0] || "");
  } else {
    pasteBlock(row, name, lines);
  }
});

function pasteInto(row, name, text) {
  const control = row.cells[name];
  const before = control.value;
  control.setRangeText(text, control.selectionStart, control.selectionEnd, "end");
  saving.typed(row, name);
  sayPasted([{ row, name, before, after: control.value }], { blank: 0, hasHead: false, left: [] });
}

function pasteBlock(row, name, lines) {
  const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim().toLowerCase());
  const plan = planOf(lines, { rows, row, name, order, heads, isTaken });
  const figures = figuresIn(lines);
  const done = plan.pieces.map((piece) => put(piece, figures));
  sayPasted(done, plan);
}

function isTaken(row, name, text) {
  const control = row.cells[name];
  return control.tagName !== "SELECT" || Boolean(optionFor(optionsOf(control), text));
}

function optionsOf(select) {
  return [...select.options].map((option) => ({
    value: option.value,
    text: option.textContent,
    others: (option.dataset.words || "").split("|"),
  }));
}

/* What was put where, so that it can be taken back. */
function put({ row, name, text }, figures) {
  const control = row.cells[name];
  const before = control.value;
  if (control.tagName === "SELECT") {
    control.value = optionFor(optionsOf(control), text).value;
  } else if (control.tagName === "INPUT") {
    if (figures) {
      setBeside(row, name, figures);
    }
    control.value = text.replace(/\s*\n\s*/g, " ").trim();
  } else {
    control.value = text;
  }
  saving.typed(row, name);
  return { row, name, before, after: control.value };
}

function sayPasted(done, { blank, hasHead, left }) {
  const sentences = [fill(words.pasted, { n: done.length })];
  if (hasHead) {
    sentences.push(words.pastedHead);
  }
  if (blank) {
    sentences.push(fill(words.pastedBlank, { n: blank }));
  }
  if (left.length) {
    sentences.push(fill(words.pastedLeft, { n: left.length, texts: left.slice(0, LEFT_NAMED).join("; ") }));
  }
  pastedLine.textContent = sentences.join(" ") + " ";
  if (done.length) {
    page.button(pastedLine, words.undo, () => undo(done));
  }
}

/* What stood there before goes back, through the same saving; what was typed since stays. */
function undo(done) {
  const untouched = done.filter(({ row, name, after }) => row.cells[name].value === after);
  for (const { row, name, before } of untouched) {
    row.cells[name].value = before;
    typedAlone(row, name);
  }
  const kept = done.length - untouched.length;
  const sentences = [fill(words.undone, { n: untouched.length })];
  if (kept) {
    sentences.push(fill(words.undoneKept, { n: kept }));
  }
  pastedLine.textContent = sentences.join(" ") + " ";
}

// -- leaving and coming back

window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    location.reload(); // an old page: what others saved meanwhile is not in it
    return;
  }
  resetUntouched();
});
window.addEventListener("online", () => saving.again());
window.addEventListener("focus", () => {
  if (saving.hasRetries) {
    renewToken();
    saving.again();
  }
});
form.addEventListener("submit", () => {
  isLeaving = true;
  rows.forEach((row) => saving.stop(row));
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && !isLeaving) {
    rows.filter((row) => row.timer).forEach((row) => saving.send(row, true));
  }
});

/* From a file: kept here first, as if it had just been typed. */
function takeBack(entries) {
  Object.entries(entries).forEach(([key, entry]) => keeping.keep(key, entry));
  saving.restore(entries, setBeside);
}

function focusAnchor() {
  const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!place) {
    return;
  }
  const isControl = place.matches("input, select, textarea");
  const control = isControl ? place : place.querySelector("input:not([type=hidden]), textarea");
  control?.focus();
}

for (const row of rows) {
  row.names.forEach((name) => listen(row, name, row.cells[name]));
}
page.statusLine.before(pastedLine);
table.classList.add("live");
resetUntouched();
for (const item of form.querySelectorAll("[data-notes] [data-suggestion]")) {
  const row = rowByPid.get(item.closest("[data-notes]").dataset.notes);
  page.suggest(row, item.dataset.of, item, item.dataset.suggestion);
}
keeping.all().then((entries) => saving.restore(entries, setBeside));
offerFile({ place: form.querySelector("[data-unsent]"), sheet: form.dataset.grid, words, keeping, takeBack });
focusAnchor();
