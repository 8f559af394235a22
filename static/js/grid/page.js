/* What the sheet shows: marks beside the cells, the notes under a row, sums, the line that says what was saved. */
import { fill } from "../words.js";
import { readNumber, writeNumber } from "./numbers.js";
import { differingSum, isLower, reached, shareReached } from "./sums.js";

export function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

export class Page {
  /* `form`: the form with the sheet; `places`: row → { tr, notes, outputs }, as main.js found them. */
  constructor(form, places, words) {
    this.form = form;
    this.table = form.querySelector(".sheet");
    this.split = (form.dataset.split || "").split(" ").filter(Boolean);
    this.statusLine = form.querySelector("[data-status]");
    this.places = places;
    this.words = words;
    this.onSuggestion = () => {};
  }

  // -- the line below

  say(text) {
    this.statusLine.textContent = text;
  }

  sayWithLink(text, href, label, properties = {}) {
    this.say(text);
    this.statusLine.append(" ", element("a", { href, textContent: label, ...properties }));
  }

  sayShut(reason) {
    this.sayWithLink(reason, this.form.dataset.kept, this.words.readKept);
  }

  showTotals(totals) {
    const sentence = totals.lower ? this.words.totalsLower : this.words.totals;
    this.form.querySelector("[data-totals]").textContent = fill(sentence, totals);
  }

  // -- cells

  isChoice(cell) {
    return cell.tagName === "SELECT";
  }

  isShownUnsaved(row) {
    return "unsaved" in this.places.get(row).tr.dataset;
  }

  countRefused() {
    return this.form.querySelectorAll("[aria-invalid=true]").length;
  }

  mark(row, name, state) {
    const cell = row.cells[name];
    const place = cell.closest("td.cell, .field") || cell;
    place.classList.remove("saving", "saved", "unsaved");
    if (state) {
      place.classList.add(state);
    }
  }

  /* The text is the server's again. */
  clear(row, name) {
    row.cells[name].removeAttribute("aria-invalid");
    this.mark(row, name, "");
    this.#dropNotes(row, name);
    this.#tidy(row);
  }

  refuse(row, name, fault, suggestion) {
    this.mark(row, name, "unsaved");
    row.cells[name].setAttribute("aria-invalid", "true");
    this.suggest(row, name, this.note(row, name, fault, "fault"), suggestion);
  }

  accept(row, name, text, understood) {
    const cell = row.cells[name];
    cell.removeAttribute("aria-invalid");
    this.mark(row, name, "saved");
    if (understood === undefined || cell.tagName !== "INPUT" || understood === text.trim()) {
      return;
    }
    const sentence = understood ? fill(this.words.understood, { text: understood }) : this.words.understoodBlank;
    this.note(row, name, sentence, "echo");
  }

  /* One press takes what the server thinks was meant. */
  suggest(row, name, item, meant) {
    if (!meant) {
      return;
    }
    item.append(" ");
    this.button(item, fill(this.words.take, { text: meant }), () => {
      item.remove();
      this.onSuggestion(row, name, meant);
    });
  }

  /* What the answer says of the row as a whole. */
  show(row, answer) {
    const { tr, outputs } = this.places.get(row);
    if (answer.values && outputs.goal) {
      outputs.goal.textContent = answer.values.goal;
    }
    tr.classList.toggle("lower", Boolean(answer.lower));
    if (answer.totals) {
      this.showTotals(answer.totals);
    }
  }

  /* The level above gave another figure while this page was open. */
  given(row, answer) {
    const { tr } = this.places.get(row);
    const cell = tr.querySelector("[data-given]");
    if (!cell || answer.assigned === undefined || answer.assigned === tr.dataset.assigned) {
      return;
    }
    tr.dataset.assigned = answer.assigned;
    cell.textContent = answer.given;
    const sentence = answer.given ? fill(this.words.given, { text: answer.given }) : this.words.givenNone;
    this.note(row, "assigned", sentence, "echo");
    this.recount(row);
  }

  // -- notes under a row

  note(row, name, text, kind) {
    this.#dropNotes(row, name);
    const place = this.#placeOf(row, name);
    const item = element("li", { className: kind, textContent: place ? `${place}: ${text}` : text });
    item.dataset.of = name;
    this.#listOf(row).append(item);
    this.#tidy(row);
    return item;
  }

  /* The hints of the server in place of the earlier ones; faults that still hold stay. */
  hints(row, hints) {
    const { notes } = this.places.get(row);
    notes.querySelectorAll(".hint, .echo, .theirs").forEach((old) => old.remove());
    for (const fault of notes.querySelectorAll(".fault")) {
      if (!row.isHeld(fault.dataset.of)) {
        fault.remove();
      }
    }
    for (const hint of hints) {
      const item = element("li", { className: "hint", textContent: this.words.mustMend + " " });
      item.append(element("a", { href: `#${hint.cell}-${row.pid}`, textContent: hint.said }));
      this.#listOf(row).append(item);
    }
    this.#tidy(row);
  }

  /* Two texts for one cell; `decide(isMine)` hears which. */
  choose(row, name, { sentence, theirs, mine }, decide) {
    const cell = row.cells[name];
    const texts = { theirs: this.#reads(cell, theirs), mine: this.#reads(cell, mine) };
    const item = this.note(row, name, fill(sentence, texts) + " ", "fault");
    const decided = (isMine) => {
      item.remove();
      this.#tidy(row);
      decide(isMine);
    };
    this.button(item, this.words.keepMine, () => decided(true));
    this.button(item, this.words.takeTheirs, () => decided(false));
  }

  button(item, label, act) {
    const button = element("button", { type: "button", className: "button small", textContent: label });
    button.addEventListener("click", act);
    item.append(button, " ");
  }

  #reads(cell, value) {
    const option = this.isChoice(cell) && [...cell.options].find((one) => one.value === value);
    return (option ? option.textContent : value) || this.words.blank;
  }

  #placeOf(row, name) {
    const shown = this.table.querySelector(`[data-cell="${name}"]`)?.closest("td");
    if (shown?.dataset.label) {
      return shown.dataset.label;
    }
    const cell = row.cells[name];
    return cell ? cell.getAttribute("aria-label") || cell.labels[0]?.textContent : "";
  }

  #listOf(row) {
    return this.places.get(row).notes.querySelector("ul");
  }

  #dropNotes(row, name) {
    this.places.get(row).notes.querySelectorAll(`[data-of="${name}"]`).forEach((old) => old.remove());
  }

  #tidy(row) {
    const { notes } = this.places.get(row);
    notes.hidden = !notes.querySelector("li");
  }

  // -- what a figure was pasted beside goes to the server with it, also when the whole form is sent

  showBeside(row, name, texts) {
    const cell = row.cells[name];
    const fieldName = `beside-${cell.name}`;
    let field = this.form.elements[fieldName];
    if (texts === null) {
      field?.remove();
      return;
    }
    if (!field) {
      field = element("input", { type: "hidden", name: fieldName });
      cell.after(field);
    }
    field.value = texts;
  }

  // -- sums and percentages

  recount(row) {
    const { tr, outputs } = this.places.get(row);
    const textOf = (name) => outputs[name]?.textContent ?? row.cells[name]?.value ?? "";
    this.#countHamlets(row);
    tr.classList.toggle("lower", isLower(textOf("goal"), tr.dataset.assigned, tr.dataset.direction));
    this.#dropNotes(row, "sum");
    if (tr.dataset.cadence === "cumulative") {
      this.#noteSum(row, differingSum(this.split.map(textOf), textOf("goal")), readNumber(textOf("goal")));
    }
    this.#tidy(row);
  }

  #countHamlets(row) {
    const states = row.names.filter((name) => name.startsWith("state-")).map((name) => row.cells[name].value);
    if (!states.length) {
      return;
    }
    const { tr, outputs } = this.places.get(row);
    const nearlyCounts = "nearly" in tr.dataset;
    const share = shareReached(states, nearlyCounts);
    outputs.goal.textContent = share === null ? "" : writeNumber(share);
    const count = this.table.querySelector(`[data-good="${row.pid}"]`);
    if (count) {
      count.textContent = share === null ? "" : `${reached(states, nearlyCounts)}/`;
    }
  }

  #noteSum(row, sum, goal) {
    if (sum === null || this.places.get(row).notes.querySelector(".hint")) {
      return; // the rule that blocks says it
    }
    const places = { sum: writeNumber(sum), goal: typeof goal === "bigint" ? writeNumber(goal) : "" };
    const sentence = places.goal ? this.words.sumBesideGoal : this.words.sum;
    const item = element("li", { className: "echo", textContent: fill(sentence, places) });
    item.dataset.of = "sum";
    this.#listOf(row).append(item);
  }
}
