import assert from "node:assert/strict";
import { test } from "node:test";
import { Row } from "../../static/js/grid/rows.js";
import { Saving } from "../../static/js/grid/saving.js";

const WORDS = new Proxy({}, { get: (_, name) => `${name} {n}{at}{text}` });

/* A clock that stands still until it is told. */
class Clock {
  time = 1000;
  waiting = new Map();
  #last = 0;

  now() {
    return this.time;
  }

  later(act, milliseconds) {
    this.#last += 1;
    this.waiting.set(this.#last, { act, at: this.time + milliseconds });
    return this.#last;
  }

  never(handle) {
    this.waiting.delete(handle);
  }

  async pass(milliseconds) {
    const end = this.time + milliseconds;
    for (;;) {
      const due = [...this.waiting].filter(([, one]) => one.at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) {
        break;
      }
      this.waiting.delete(due[0]);
      this.time = due[1].at;
      due[1].act();
      await settled();
    }
    this.time = end;
    await settled();
  }
}

async function settled() {
  for (let i = 0; i < 10; i += 1) {
    await Promise.resolve();
  }
}

/* What would be shown, as a list. */
class Shown {
  marks = {};
  said = [];
  notes = [];
  choices = {};
  refused = new Set();

  mark(row, name, state) {
    this.marks[`${row.pid}:${name}`] = state;
  }

  say(text) {
    this.said.push(text);
  }

  sayShut(text) {
    this.said.push(text);
  }

  clear(row, name) {
    this.mark(row, name, "");
  }

  refuse(row, name, fault) {
    this.refused.add(`${row.pid}:${name}`);
    this.notes.push(fault);
  }

  accept(row, name) {
    this.refused.delete(`${row.pid}:${name}`);
    this.mark(row, name, "saved");
  }

  note(row, name, text) {
    this.notes.push(text);
  }

  choose(row, name, texts, decide) {
    this.choices[name] = { ...texts, decide };
  }

  countRefused() {
    return this.refused.size;
  }

  isShownUnsaved() {
    return false;
  }

  isChoice() {
    return false;
  }

  hints() {}
  given() {}
  show() {}
  recount() {}
}

function blankRow(pid) {
  return new Row(pid, { goal: { value: "" }, q1: { value: "" } }, { goal: "", q1: "" }, { value: "v1" });
}

/* `answers`: what the server says, one after the other; a function is called, an Error is a lost line. */
function office(answers = [], names = ["a"]) {
  const sent = [];
  const kept = new Map();
  const rows = names.map(blankRow);
  const clock = new Clock();
  const page = new Shown();
  const post = async (row, message, isLast) => {
    sent.push({ pid: row.pid, ...message, isLast });
    const answer = answers.length ? answers.shift() : { status: 200, answer: { ver: "v2", at: "10:00" } };
    if (answer instanceof Error) {
      throw answer;
    }
    return typeof answer === "function" ? answer() : answer;
  };
  const keeping = {
    keep: (key, entry) => kept.set(key, entry.v),
    forget: (key, text) => kept.get(key) === text && kept.delete(key),
  };
  const saving = new Saving({ rows, post, keeping, page, words: WORDS, clock, tab: "tab" });
  const type = (row, name, text) => {
    row.cells[name].value = text;
    saving.typed(row, name);
  };
  return { rows, row: rows[0], clock, page, saving, sent, kept, type };
}

test("what is typed is kept at once, sent after a pause and forgotten when it is acknowledged", async () => {
  const { row, clock, sent, kept, type, page } = office();
  type(row, "goal", "5");
  assert.deepEqual([...kept], [["a:goal", "5"]]);
  await clock.pass(599);
  assert.equal(sent.length, 0);
  await clock.pass(1);
  assert.deepEqual(sent[0].cells, { goal: "5" });
  assert.equal(sent[0].ver, "v1");
  assert.equal(row.version.value, "v2");
  assert.equal(kept.size, 0);
  assert.equal(page.marks["a:goal"], "saved");
});

test("who types without a pause is saved after two seconds all the same", async () => {
  const { row, clock, sent, type } = office();
  for (let n = 0; n < 10; n += 1) {
    type(row, "goal", String(n));
    await clock.pass(250);
  }
  assert.equal(sent.length, 1);
});

test("what was typed while a save was under way is sent after it, and stays kept until then", async () => {
  let answer;
  const late = () => new Promise((resolve) => (answer = resolve));
  const { row, clock, sent, kept, type } = office([late]);
  type(row, "goal", "5");
  await clock.pass(600);
  type(row, "goal", "56");
  await clock.pass(600);
  assert.equal(sent.length, 1, "one save of a row at a time");
  answer({ status: 200, answer: { ver: "v2" } });
  await settled();
  assert.equal(kept.get("a:goal"), "56");
  await clock.pass(600);
  assert.deepEqual(sent[1].cells, { goal: "56" });
  assert.equal(sent[1].ver, "v2");
  assert.equal(kept.size, 0);
});

test("a lost line is tried again, later and later, and nothing is lost", async () => {
  const lost = Array.from({ length: 3 }, () => new Error("offline"));
  const { row, clock, sent, kept, type, page } = office(lost);
  type(row, "goal", "5");
  await clock.pass(600);
  assert.equal(page.marks["a:goal"], "unsaved");
  await clock.pass(1999);
  assert.equal(sent.length, 1);
  await clock.pass(1);
  assert.equal(sent.length, 2);
  await clock.pass(5000);
  assert.equal(sent.length, 3);
  await clock.pass(10000);
  assert.equal(sent.length, 4);
  assert.equal(page.marks["a:goal"], "saved");
  assert.equal(kept.size, 0);
});

test("when the line is back nobody waits for the next try", async () => {
  const { row, clock, sent, saving, type } = office([new Error("offline")]);
  type(row, "goal", "5");
  await clock.pass(600);
  assert.ok(saving.hasRetries);
  saving.again();
  await settled();
  assert.equal(sent.length, 2);
  assert.ok(!saving.hasRetries);
});

test("at most three rows are under way at once", async () => {
  const answers = [];
  const late = () => new Promise((resolve) => answers.push(resolve));
  const { rows, clock, sent, type } = office([late, late, late, late, late], ["a", "b", "c", "d", "e"]);
  rows.forEach((row) => type(row, "goal", "1"));
  await clock.pass(700);
  assert.equal(sent.length, 3);
  answers[0]({ status: 200, answer: {} });
  await settled();
  await clock.pass(240);
  assert.equal(sent.length, 4);
});

test("a refused cell is held until it is typed anew, and the others are saved", async () => {
  const answer = { status: 422, answer: { ver: "v2", errors: { goal: "không phải số" } } };
  const { row, clock, sent, kept, type, page } = office([answer]);
  type(row, "goal", "abc");
  type(row, "q1", "2");
  await clock.pass(600);
  await clock.pass(60000);
  assert.equal(sent.length, 1, "what was refused is not sent again by itself");
  assert.equal(row.base.q1, "2");
  assert.deepEqual([...kept], [["a:goal", "abc"]]);
  type(row, "goal", "3");
  await clock.pass(600);
  assert.deepEqual(sent[1].cells, { goal: "3" });
  assert.equal(page.refused.size, 0);
});

test("a conflict in one cell asks, and the choice decides what is sent", async () => {
  const theirs = { status: 409, answer: { ver: "v7", values: { goal: "8", q1: "" } } };
  for (const isMine of [true, false]) {
    const { row, clock, sent, type, page } = office([theirs]);
    type(row, "goal", "5");
    await clock.pass(60000);
    assert.equal(sent.length, 1, "nothing is sent before somebody has chosen");
    assert.deepEqual([page.choices.goal.theirs, page.choices.goal.mine], ["8", "5"]);
    page.choices.goal.decide(isMine);
    await clock.pass(600);
    assert.equal(sent.length, isMine ? 2 : 1);
    assert.equal(row.cells.goal.value, isMine ? "5" : "8");
    assert.equal(row.base.goal, isMine ? "5" : "8");
    assert.equal(row.version.value, isMine ? "v2" : "v7");
  }
});

test("a cell that a person is asked about is not sent along with another one", async () => {
  const theirs = { status: 409, answer: { ver: "v7", values: { goal: "8", q1: "" } } };
  const { row, clock, sent, type, page } = office([theirs]);
  type(row, "goal", "5");
  await clock.pass(600);
  type(row, "q1", "2");
  await clock.pass(60000);
  assert.deepEqual(sent[1].cells, { q1: "2" });
  assert.ok(row.isHeld("goal"), "the question still stands");
  page.choices.goal.decide(true);
  await clock.pass(600);
  assert.deepEqual(sent[2].cells, { goal: "5" });
});

test("another cell of the row that somebody else saved is taken without a question", async () => {
  const theirs = { status: 409, answer: { ver: "v7", values: { goal: "", q1: "9" } } };
  const { row, clock, sent, type } = office([theirs]);
  type(row, "goal", "5");
  await clock.pass(600);
  assert.equal(row.cells.q1.value, "9");
  await clock.pass(600);
  assert.deepEqual(sent[1].cells, { goal: "5" });
  assert.equal(sent[1].ver, "v7");
});

test("our own text whose answer was lost is no conflict", async () => {
  const theirs = { status: 409, answer: { ver: "v2", values: { goal: "5", q1: "" } } };
  const { row, clock, kept, type, page } = office([new Error("lost"), theirs]);
  type(row, "goal", "5");
  await clock.pass(2600);
  assert.deepEqual(page.choices, {});
  assert.equal(row.base.goal, "5");
  assert.equal(kept.size, 0);
});

test("a pledge that went on takes nothing more, and what is typed stays here", async () => {
  const shut = { status: 409, answer: { closed: true, error: "Đã trình lãnh đạo." } };
  const { row, clock, sent, kept, type, page } = office([shut]);
  type(row, "goal", "5");
  await clock.pass(600);
  assert.ok(page.said.includes("Đã trình lãnh đạo."));
  type(row, "goal", "56");
  await clock.pass(60000);
  assert.equal(sent.length, 1);
  assert.equal(kept.get("a:goal"), "56");
  assert.equal(page.marks["a:goal"], "unsaved");
});

test("a login that ended is told to the page and the row tried again", async () => {
  const { row, clock, sent, saving, type } = office([{ status: 401, answer: {} }]);
  let count = 0;
  saving.onExpired = () => (count += 1);
  type(row, "goal", "5");
  await clock.pass(600);
  assert.equal(count, 1);
  await clock.pass(2000);
  assert.equal(sent.length, 2);
});

test("who may not write is told so and not tried again", async () => {
  const { row, clock, sent, type, kept } = office([{ status: 403, answer: { error: "Không." } }]);
  type(row, "goal", "5");
  await clock.pass(60000);
  assert.equal(sent.length, 1);
  assert.equal(kept.get("a:goal"), "5");
});

test("the figures that it was pasted beside go with a cell until it is typed alone", async () => {
  const { row, clock, sent, type } = office();
  row.beside.goal = "1.5\t2.5";
  type(row, "goal", "1.5");
  await clock.pass(600);
  assert.deepEqual(sent[0].cells, { goal: "1.5", "beside-goal": "1.5\t2.5" });
  delete row.beside.goal;
  type(row, "goal", "2");
  await clock.pass(600);
  assert.deepEqual(sent[1].cells, { goal: "2" });
});

test("typing back what the server has sends nothing and keeps nothing", async () => {
  const { row, clock, sent, kept, type } = office();
  type(row, "goal", "5");
  type(row, "goal", "");
  await clock.pass(2000);
  assert.equal(sent.length, 0);
  assert.equal(kept.size, 0);
});

test("a row that waits is sent when the page is left", async () => {
  const { row, sent, saving, type } = office();
  type(row, "goal", "5");
  saving.send(row, true);
  await settled();
  assert.equal(sent[0].isLast, true);
});

test("what an earlier visit left unsent comes back and goes on, or is asked about", async () => {
  const { row, clock, sent, saving, page } = office();
  row.cells.q1.value = row.base.q1 = "7";
  const entries = {
    "a:goal": { v: "5", base: "", at: 1, beside: "1.5" },
    "a:q1": { v: "9", base: "6", at: 1 },
    "gone:goal": { v: "1", base: "", at: 1 },
  };
  const beside = [];
  assert.equal(saving.restore(entries, (_, name, texts) => beside.push([name, texts])), 1);
  assert.deepEqual(beside, [["goal", "1.5"]]);
  assert.deepEqual([page.choices.q1.theirs, page.choices.q1.mine], ["7", "9"]);
  await clock.pass(600);
  assert.deepEqual(sent[0].cells, { goal: "5" });
});
