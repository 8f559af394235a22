/* Saving one row at a time: every keystroke is kept in this browser at once, each row is sent by itself, and what is
   kept goes away only after the server has acknowledged exactly that text. Knows no page: what is to be shown is told
   to `page` (page.js), what is to be sent goes through `post`. */
import { fill } from "../words.js";
import { judge, theirText } from "./merging.js";
import { isSame } from "./numbers.js";

const DEBOUNCE = 600;
const LONGEST_WAIT = 2000;
const RETRIES = [2000, 5000, 10000, 30000];
const AT_ONCE = 3;
const TURN = 120;

export class Saving {
  /* `post(row, message, isLast)` answers a promise of { status, answer } and fails where the server is not reached;
     `clock`: { now(), later(act, milliseconds) → a handle, never(handle) }; `tab`: the name of this page's life. */
  constructor({ rows, post, keeping, page, words, clock, tab }) {
    this.rows = rows;
    this.post = post;
    this.keeping = keeping;
    this.page = page;
    this.words = words;
    this.clock = clock;
    this.tab = tab;
    this.sequence = 0;
    this.underWay = 0;
    this.isClosed = false;
    this.onExpired = () => {};
  }

  /* A cell has a new text. */
  typed(row, name) {
    const text = row.cells[name].value;
    row.touched[name] = true;
    row.asked.delete(name);
    const entry = { v: text, base: row.base[name], at: this.clock.now(), beside: row.beside[name] };
    this.keeping.keep(row.key(name), entry);
    this.page.recount(row);
    if (text === row.base[name] && !row.unsure[name]) {
      this.keeping.forget(row.key(name), text);
      this.page.clear(row, name);
      return;
    }
    if (this.isClosed) {
      this.page.mark(row, name, "unsaved");
      return;
    }
    this.page.mark(row, name, "saving");
    this.schedule(row);
  }

  schedule(row) {
    const now = this.clock.now();
    if (row.timer) {
      this.clock.never(row.timer);
    } else {
      row.waitsSince = now;
    }
    const wait = Math.max(0, Math.min(DEBOUNCE, row.waitsSince + LONGEST_WAIT - now));
    row.timer = this.clock.later(() => this.send(row), wait);
  }

  stop(row) {
    this.clock.never(row.timer);
    row.timer = 0;
  }

  /* `isLast`: the page is being left, so that nobody waits for a turn or an answer. */
  async send(row, isLast = false) {
    this.stop(row);
    if (this.isClosed || (row.isBusy && !isLast)) {
      return;
    }
    const names = row.toSend();
    if (!names.length) {
      this.#settle(row);
      return;
    }
    if (this.underWay >= AT_ONCE && !isLast) {
      row.timer = this.clock.later(() => this.send(row), TURN);
      return;
    }
    const sent = this.#textsOf(row, names);
    row.isBusy = true;
    this.underWay += 1;
    this.page.say(this.words.saving);
    try {
      const { status, answer } = await this.post(row, this.#message(row, sent), isLast);
      this.#heard(row, sent, status, answer);
    } catch (error) {
      this.#failed(row, this.words.offline);
    }
    row.isBusy = false;
    this.underWay -= 1;
    const isWaiting = row.timer || row.retry;
    if (!isWaiting && row.changed().some((name) => !row.isHeld(name))) {
      this.schedule(row);
    }
  }

  #textsOf(row, names) {
    const sent = {};
    for (const name of names) {
      sent[name] = row.cells[name].value;
      row.unsure[name] = [...(row.unsure[name] || []), sent[name]];
    }
    return sent;
  }

  #message(row, sent) {
    const cells = { ...sent };
    for (const name of Object.keys(sent)) {
      if (row.beside[name]) {
        cells[`beside-${name}`] = row.beside[name];
      }
    }
    this.sequence += 1;
    return { cells, ver: row.version.value, tab: this.tab, seq: this.sequence };
  }

  #heard(row, sent, status, answer) {
    if (status === 200 || status === 422) {
      this.#acknowledged(row, sent, answer);
    } else if (status === 409 && answer.closed) {
      this.#shut(row, answer);
    } else if (status === 409 && answer.values) {
      this.#merge(row, answer);
    } else if (status === 401 || status === 400) {
      this.#failed(row, this.words.expired);
      this.onExpired();
    } else if (status === 403 || status === 404) {
      this.#failed(row, `${answer.error || this.words.refused} ${this.words.here}`, true);
    } else {
      this.#failed(row, answer.error || this.words.busy);
    }
  }

  #acknowledged(row, sent, answer) {
    row.tries = 0;
    row.release();
    if (answer.ver) {
      row.version.value = answer.ver;
    }
    this.page.hints(row, answer.hints || []);
    this.page.given(row, answer);
    for (const [name, text] of Object.entries(sent)) {
      delete row.unsure[name];
      const fault = answer.errors && answer.errors[name];
      if (fault) {
        this.#refused(row, name, text, fault, answer.suggestions && answer.suggestions[name]);
      } else {
        this.#saved(row, name, text, answer.values && answer.values[name]);
      }
    }
    this.page.show(row, answer);
    this.#settle(row, answer.at);
  }

  #refused(row, name, text, fault, suggestion) {
    row.held[name] = text;
    if (row.cells[name].value === text) {
      this.page.refuse(row, name, fault, suggestion);
    }
  }

  #saved(row, name, text, understood) {
    row.base[name] = text;
    this.keeping.forget(row.key(name), text);
    if (row.cells[name].value === text) {
      this.page.accept(row, name, text, understood);
    }
  }

  #settle(row, at) {
    const wrong = this.page.countRefused();
    if (wrong) {
      this.page.say(fill(this.words.wrong, { n: wrong }));
      return;
    }
    const others = this.rows.filter((other) => other !== row);
    if (at && !others.some((other) => other.timer || other.retry || other.changed().length)) {
      this.page.say(fill(this.words.saved, { at }));
    }
  }

  #failed(row, reason, isFinal = false) {
    for (const name of [...row.changed(), ...Object.keys(row.unsure)]) {
      this.page.mark(row, name, "unsaved");
    }
    this.page.say(reason);
    if (isFinal) {
      row.held = Object.fromEntries(row.changed().map((name) => [name, row.cells[name].value]));
      return;
    }
    if (!row.retry) {
      const wait = RETRIES[Math.min(row.tries, RETRIES.length - 1)];
      row.tries += 1;
      row.retry = this.clock.later(() => {
        row.retry = 0;
        this.send(row);
      }, wait);
    }
  }

  /* The line is back, or somebody is logged in again: what waits for a retry goes now. */
  again() {
    for (const row of this.rows.filter((waiting) => waiting.retry)) {
      this.clock.never(row.retry);
      row.retry = 0;
      this.send(row);
    }
  }

  get hasRetries() {
    return this.rows.some((row) => row.retry);
  }

  /* Nothing more is sent: the pledge went on, or somebody else is logged in. */
  close() {
    this.isClosed = true;
  }

  #shut(row, answer) {
    this.close();
    row.changed().forEach((name) => this.page.mark(row, name, "unsaved"));
    this.page.sayShut(answer.error);
  }

  #merge(row, answer) {
    row.version.value = answer.ver;
    row.tries = 0;
    this.page.given(row, answer);
    const said = answer.own
      ? { taken: this.words.ownTab, asked: this.words.chooseOwn }
      : { taken: this.words.theirs, asked: this.words.chooseTheirs };
    const asked = row.names.filter((name) => this.#mergeCell(row, name, theirText(answer, name), said));
    this.page.recount(row);
    if (asked.length) {
      this.page.say(this.words.choose);
    } else if (row.changed().length) {
      this.schedule(row);
    }
  }

  /* Whether the person is asked about this cell. */
  #mergeCell(row, name, theirs, said) {
    if (theirs === undefined) {
      return false;
    }
    const cell = row.cells[name];
    const tried = row.unsure[name] || [];
    delete row.unsure[name];
    switch (judge({ mine: cell.value, base: row.base[name], theirs, tried })) {
      case "ours":
        row.base[name] = theirs;
        return false;
      case "agreed":
        this.#agree(row, name);
        return false;
      case "take":
        cell.value = theirs;
        row.base[name] = theirs;
        this.page.note(row, name, fill(said.taken, { text: theirs || this.words.blank }), "echo");
        return false;
      case "ask":
        row.base[name] = theirs;
        this.ask(row, name, theirs, said.asked);
        return true;
      default:
        return false;
    }
  }

  #agree(row, name) {
    const text = row.cells[name].value;
    row.base[name] = text;
    this.keeping.forget(row.key(name), text);
    this.page.mark(row, name, "saved");
  }

  /* Two texts for one cell: nothing of it is sent until somebody has chosen. */
  ask(row, name, theirs, sentence) {
    const mine = row.cells[name].value;
    row.held = { ...row.held, [name]: mine };
    row.asked.add(name);
    this.page.mark(row, name, "unsaved");
    this.page.choose(row, name, { sentence, theirs, mine }, (isMine) => {
      delete row.held[name];
      row.asked.delete(name);
      if (isMine) {
        this.schedule(row);
        this.page.mark(row, name, "saving");
      } else {
        this.#takeTheirs(row, name, theirs, mine);
      }
    });
  }

  #takeTheirs(row, name, theirs, mine) {
    row.cells[name].value = theirs;
    this.keeping.forget(row.key(name), mine);
    row.base[name] = theirs;
    this.page.mark(row, name, "");
    this.page.recount(row);
    if (row.changed().length) {
      this.schedule(row);
    } else {
      this.page.say("");
    }
  }

  /* What an earlier visit left unsent comes back; answers how many cells. */
  restore(entries, pasteBeside) {
    let count = 0;
    for (const [key, entry] of Object.entries(entries)) {
      const cut = key.indexOf(":");
      const row = this.rows.find((candidate) => candidate.pid === key.slice(0, cut));
      count += row && this.#restoreCell(row, key.slice(cut + 1), entry, pasteBeside) ? 1 : 0;
    }
    if (count) {
      this.page.say(fill(this.words.restored, { n: count }));
    }
    return count;
  }

  /* Whether the text goes to the server again. */
  #restoreCell(row, name, entry, pasteBeside) {
    const cell = row.cells[name];
    if (!cell || this.page.isShownUnsaved(row) || cell.value !== row.base[name]) {
      return false; // the page itself says what was not saved
    }
    const stored = cell.value;
    if (isSame(entry.v, stored)) {
      this.keeping.forget(row.key(name), entry.v);
      return false;
    }
    cell.value = entry.v;
    if (cell.value !== entry.v && this.page.isChoice(cell)) {
      cell.value = stored;
      return false;
    }
    row.touched[name] = true;
    if (entry.beside) {
      pasteBeside(row, name, entry.beside);
    }
    const isCurrent = isSame(entry.base, stored);
    if (isCurrent) {
      this.page.mark(row, name, "saving");
      this.schedule(row);
    } else {
      this.ask(row, name, stored, this.words.chooseStored);
    }
    this.page.recount(row);
    return isCurrent;
  }
}
