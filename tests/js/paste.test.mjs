import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsFromText } from "../../static/js/clipboard.js";
import { figuresIn, isHead, optionFor, planOf } from "../../static/js/grid/paste.js";

const ORDER = ["goal", "q1", "q2"];
const HEADS = ["tiêu chí", "chỉ tiêu", "quý i"];

function sheet() {
  const rows = [0, 1, 2].map((n) => ({ pid: String(n), cells: { goal: { value: "" }, q1: { value: "7" } } }));
  return { rows, row: rows[0], name: "goal", order: ORDER, heads: HEADS, isTaken: () => true };
}

const putWhere = (plan) => plan.pieces.map(({ row, name, text }) => [row.pid, name, text]);

test("a block goes right and down from the cell that has the cursor", () => {
  const plan = planOf([["1", "2"], ["3", "4"]], sheet());
  assert.deepEqual(putWhere(plan), [["0", "goal", "1"], ["0", "q1", "2"], ["1", "goal", "3"], ["1", "q1", "4"]]);
  assert.deepEqual(plan.left, []);
});

test("a blank cell erases nothing and is counted where something stands", () => {
  const plan = planOf([[" ", ""]], sheet());
  assert.deepEqual(putWhere(plan), []);
  assert.equal(plan.blank, 1);
});

test("a cell that a merged one swallowed is neither put nor counted", () => {
  const plan = planOf([["1", null]], sheet());
  assert.deepEqual(putWhere(plan), [["0", "goal", "1"]]);
  assert.equal(plan.blank, 0);
});

test("what has no place is named: beyond the last row, the last column, or refused by its cell", () => {
  const at = { ...sheet(), isTaken: (row, name, text) => text !== "abc" };
  const plan = planOf([["1", "2", "beside"], ["abc"], ["3"], ["below"]], at);
  assert.deepEqual(plan.left, ["beside", "abc", "below"]);
});

test("the heads copied with a block are left out, but a block of one line never is", () => {
  const plan = planOf([["Chỉ tiêu", " Quý I"], ["1", "2"]], sheet());
  assert.ok(plan.hasHead);
  assert.deepEqual(putWhere(plan), [["0", "goal", "1"], ["0", "q1", "2"]]);
  assert.ok(!planOf([["Chỉ tiêu"]], sheet()).hasHead);
});

test("a line is a head only when each filled cell is one", () => {
  assert.ok(isHead(["Chỉ tiêu", null, ""], HEADS));
  assert.ok(!isHead(["Chỉ tiêu", "5"], HEADS));
  assert.ok(!isHead(["", null], HEADS));
});

test("only figures with a separator tell how a block is written, each once", () => {
  assert.equal(figuresIn([["1.5", "12", null], ["1.5", "2,25", "một.hai"]]), "1.5\t2,25");
  assert.equal(figuresIn([["1.5 của một đoạn văn dài hơn"]]), "");
  const many = Array.from({ length: 500 }, (_, n) => [`${n}.500`]);
  assert.equal(figuresIn(many).length, 2000);
});

test("an option is found by its value, its own words, its beginning or the server's words", () => {
  const options = [
    { value: "", text: "", others: [""] },
    { value: "1", text: "Đạt", others: ["x", "có"] },
    { value: "0", text: "Không đạt", others: [] },
  ];
  assert.equal(optionFor(options, "1").value, "1");
  assert.equal(optionFor(options, " ĐẠT ").value, "1");
  assert.equal(optionFor(options, "Có").value, "1");
  assert.equal(optionFor(options, "không").value, "0");
  assert.equal(optionFor(options, "").value, "");
  assert.equal(optionFor(options, "kh"), undefined);
});

test("cells quoted by Excel keep their lines, tabs and quotes", () => {
  assert.deepEqual(rowsFromText('12\t"Một\nhai ""ba"""\r\n3\t\r\n'), [["12", 'Một\nhai "ba"'], ["3", ""]]);
});

test("a quote that Excel did not put is a sign like others", () => {
  assert.deepEqual(rowsFromText('"Ngôi nhà xanh" số 2\tb'), [['"Ngôi nhà xanh" số 2', "b"]]);
  assert.deepEqual(rowsFromText('"không đóng\tb'), [['"không đóng', "b"]]);
  assert.deepEqual(rowsFromText(""), [[""]]);
});
