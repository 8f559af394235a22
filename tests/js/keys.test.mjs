import assert from "node:assert/strict";
import { test } from "node:test";
import { actOf, cellBeyond, rowBeyond } from "../../static/js/grid/keys.js";

const NUMBER = { kind: "number", start: 1, end: 1, length: 2, isChanged: false };
const press = (key, place, held = {}) => actOf({ key, ...held }, place);

test("Enter goes down and Shift+Enter up, in every kind of cell", () => {
  for (const kind of ["number", "text", "choice"]) {
    assert.deepEqual(press("Enter", { ...NUMBER, kind }), { act: "rows", by: 1, always: true });
    assert.deepEqual(press("Enter", { ...NUMBER, kind }, { shiftKey: true }), { act: "rows", by: -1, always: true });
  }
});

test("Alt+Enter is a new line only where there are lines", () => {
  assert.equal(press("Enter", { ...NUMBER, kind: "text" }, { altKey: true }).act, "newline");
  assert.equal(press("Enter", NUMBER, { altKey: true }).act, "rows");
});

test("an arrow leaves a number sideways only at its end", () => {
  assert.equal(press("ArrowRight", NUMBER), null);
  assert.equal(press("ArrowLeft", NUMBER), null);
  assert.deepEqual(press("ArrowRight", { ...NUMBER, start: 2, end: 2 }), { act: "columns", by: 1 });
  assert.deepEqual(press("ArrowLeft", { ...NUMBER, start: 0, end: 0 }), { act: "columns", by: -1 });
});

test("up and down leave a number anywhere and a text only at its ends", () => {
  assert.equal(press("ArrowDown", NUMBER).by, 1);
  assert.equal(press("ArrowDown", { ...NUMBER, kind: "text" }), null);
  assert.equal(press("ArrowDown", { ...NUMBER, kind: "text", end: 2 }).by, 1);
  assert.equal(press("ArrowUp", { ...NUMBER, kind: "text", start: 0 }).by, -1);
});

test("a choice keeps up and down for its options", () => {
  assert.equal(press("ArrowDown", { ...NUMBER, kind: "choice" }), null);
  assert.equal(press("ArrowRight", { ...NUMBER, kind: "choice" }).by, 1);
});

test("a held key is the browser's", () => {
  for (const held of ["altKey", "ctrlKey", "metaKey", "shiftKey"]) {
    assert.equal(press("ArrowDown", NUMBER, { [held]: true }), null);
  }
});

test("Escape brings back what stood there, where something was changed", () => {
  assert.equal(press("Escape", NUMBER), null);
  assert.equal(press("Escape", { ...NUMBER, isChanged: true }).act, "restore");
});

test("rows and cells without the wanted cell are passed over", () => {
  const rows = [{ cells: { goal: {} } }, { cells: {} }, { cells: { goal: {}, q2: {} } }];
  assert.equal(rowBeyond(rows, rows[0], "goal", 1), rows[2]);
  assert.equal(rowBeyond(rows, rows[2], "goal", -1), rows[0]);
  assert.equal(rowBeyond(rows, rows[2], "goal", 1), null);
  assert.equal(cellBeyond(rows[2], ["goal", "q1", "q2"], "goal", 1), "q2");
  assert.equal(cellBeyond(rows[2], ["goal", "q1", "q2"], "goal", -1), null);
});
