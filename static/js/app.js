/* Behaviour of every page: confirm what cannot be undone, send once, keep what was typed, focus the summary. */
import "./fields.js";
import { wordsOf } from "./words.js";

const words = wordsOf(document.body);
const person = document.body.dataset.person || "";
const SENT = "kept-sent"; // in sessionStorage: the key of a text that is under way
const SENT_AGAIN = 8000; // milliseconds after which a form may be sent again

document.querySelector("[data-focus]")?.focus();

// -- the navigation folds; a cookie remembers it, so that the server draws the next page folded and nothing moves

const fold = document.querySelector(".fold");
const frame = document.querySelector(".frame");
if (fold && frame) {
  fold.hidden = false;
  fold.addEventListener("click", () => {
    const isNarrow = frame.classList.toggle("narrow");
    fold.setAttribute("aria-expanded", String(!isNarrow));
    document.cookie = `nav-narrow=${isNarrow ? "1" : "0"};path=/;max-age=31536000;samesite=lax`;
  });
}
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector(".menu[open], .more[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open], .more[open]")) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

// -- a form that is not kept in this browser asks before it is left half filled

const half = new Set();
document.addEventListener("input", (event) => {
  const field = event.target;
  const isPlain = field.form?.matches("[method=post]:not([data-keep], [data-grid])");
  if (person && isPlain && field.matches("textarea, [type=text]")) {
    half.add(field.form);
  }
});
window.addEventListener("beforeunload", (event) => {
  if (half.size) {
    event.preventDefault();
    event.returnValue = "";
  }
});

// -- sending

/* What was changed goes along under its labels: if the session has ended, its author reads words. */
function nameChanged(form) {
  form.querySelector("input[name=labels]")?.remove();
  const changed = [...form.elements].filter((field) => isKept(field) && isChanged(field)).slice(0, 300);
  if (person && changed.length) {
    const said = changed.map((field) => [labelOf(field), textOf(field)]);
    form.append(Object.assign(make("input"), { type: "hidden", name: "labels", value: JSON.stringify(said) }));
  }
}

function isChanged(field) {
  if (isTicked(field)) {
    return field.checked !== field.defaultChecked;
  }
  if (field.tagName === "SELECT") {
    return !field.selectedOptions[0]?.defaultSelected && field.selectedIndex > 0;
  }
  return field.value !== field.defaultValue;
}

function labelOf(field) {
  const label = field.getAttribute("aria-label") || field.labels?.[0]?.textContent || field.name;
  return label.trim().replace(/\s+/g, " ").slice(0, 200);
}

function textOf(field) {
  if (field.tagName === "SELECT") {
    return field.selectedOptions[0].textContent.trim();
  }
  return isTicked(field) ? (field.checked ? "✓" : "–") : field.value;
}

function make(tag, className = "", textContent = "") {
  const element = Object.assign(document.createElement(tag), { className, textContent });
  if (tag === "button") {
    element.type = "button";
  }
  return element;
}

/* Whether the form may go now; else a dialog asks, and sends it. */
function confirmFirst(form, by) {
  if (form.dataset.confirmed || !window.HTMLDialogElement) {
    return true;
  }
  const pressed = by || form.querySelector("button:not([type=button])");
  const dialog = make("dialog");
  const yes = make("button", "button primary", pressed ? pressed.textContent.trim() : "");
  const no = make("button", "button", words.close);
  const row = make("p", "actions");
  row.append(yes, no);
  dialog.append(make("p", "", by?.dataset.confirm || form.dataset.confirm), row);
  dialog.setAttribute("aria-label", yes.textContent);
  document.body.append(dialog);
  no.autofocus = true; // a second Enter must not do what cannot be undone
  yes.addEventListener("click", () => {
    form.dataset.confirmed = "1";
    dialog.close();
    form.requestSubmit(by || null);
  });
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  return false;
}

function isTooBig(form) {
  const inputs = [...form.querySelectorAll("input[type=file][data-max-bytes]")];
  const wrong = inputs.filter((input) => input.files[0]?.size > Number(input.dataset.maxBytes));
  for (const input of wrong) {
    input.setCustomValidity(words.tooBig);
    input.reportValidity();
    input.addEventListener("change", () => input.setCustomValidity(""), { once: true });
  }
  return wrong.length > 0;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const by = event.submitter; // a button may ask for itself what its form does not ask
  const asks = by?.dataset.confirm || form.dataset.confirm;
  if ((asks && !confirmFirst(form, by)) || isTooBig(form)) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post") {
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  nameChanged(form);
  half.delete(form);
  setTimeout(() => delete form.dataset.sent, SENT_AGAIN);
});

window.addEventListener("pageshow", (event) => {
  // An old page kept by the browser names an old version: look again, unless something half typed stands in it.
  if (event.persisted && !half.size && document.querySelector("form input[name=ver]")) {
    location.reload();
    return;
  }
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    delete form.dataset.confirmed;
  }
});

// -- a long form keeps its text in this browser until the server took it: the next page clears the mark

const underWay = sessionStorage.getItem(SENT);
if (underWay && !document.querySelector("[role=alert]")) {
  localStorage.removeItem(underWay);
}
sessionStorage.removeItem(SENT);

function keyOf(name) {
  return `kept:${person}:${location.pathname}#${name}`;
}

/* A form that sends on what another one kept: the same mark. */
for (const form of document.querySelectorAll("form[data-sends]")) {
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, keyOf(form.dataset.sends)));
}
document.querySelectorAll("form[data-keep]").forEach(keepText);

function keepText(form) {
  const key = keyOf(form.id || "form");
  const fields = [...form.elements].filter(isKept);
  const first = valuesOf(fields);
  const kept = storedValues(key);
  if (kept && JSON.stringify(kept) !== JSON.stringify(first)) {
    offer(form, key, fields, kept);
  }
  form.addEventListener("input", () => {
    try {
      localStorage.setItem(key, JSON.stringify(valuesOf(fields)));
    } catch (error) {
      // the browser's own store is full
    }
  });
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, key));
}

function isKept(field) {
  const isTyped = !["hidden", "password", "file", "submit"].includes(field.type);
  return field.name && isTyped && field.tagName !== "BUTTON";
}

function isTicked(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function nameOf(field) {
  return field.type === "radio" ? `${field.name}=${field.value}` : field.name;
}

function valuesOf(fields) {
  const pairs = fields.map((field) => [nameOf(field), isTicked(field) ? field.checked : field.value]);
  return Object.fromEntries(pairs);
}

function storedValues(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch (error) {
    return null;
  }
}

function offer(form, key, fields, values) {
  const bar = make("div", "banner info");
  const row = make("p", "actions");
  const take = make("button", "button small", words.takeBack);
  const drop = make("button", "button small", words.drop);
  bar.setAttribute("role", "status");
  row.append(take, drop);
  bar.append(make("p", "", words.kept), row);
  form.before(bar);
  take.addEventListener("click", () => {
    fields.filter((field) => nameOf(field) in values).forEach((field) => putBack(field, values[nameOf(field)]));
    bar.remove();
  });
  drop.addEventListener("click", () => {
    localStorage.removeItem(key);
    bar.remove();
  });
}

function putBack(field, value) {
  if (isTicked(field)) {
    field.checked = value;
  } else {
    field.value = value;
  }
}
