import assert from "node:assert/strict";
import { test } from "node:test";
import { isSame, readNumber, writeNumber } from "../../static/js/grid/numbers.js";

test("a number is read exactly, in ten-thousandths", () => {
  assert.equal(readNumber("1.234,5"), 12345000n);
  assert.equal(readNumber("-0,0001"), -1n);
  assert.equal(readNumber("999999999999,9999"), 9999999999999999n);
});

test("spaces, signs and marks that a paste brings do not matter", () => {
  for (const text of [" 12 345", "12\u00a0345", "'12345", "12345 %", "12\u202f345\u200b"]) {
    assert.equal(readNumber(text), 123450000n, JSON.stringify(text));
  }
  assert.equal(readNumber("\u22125"), -50000n);
});

test("blank is null and what is no number is undefined", () => {
  assert.equal(readNumber("  "), null);
  assert.equal(readNumber(undefined), null);
  for (const text of ["1.5", "1,23456", "0.123", "1 234.567", "abc", "٣", "1e3", "--1"]) {
    assert.equal(readNumber(text), undefined, text);
  }
});

test("a number is written as the server writes it", () => {
  assert.equal(writeNumber(12345000n), "1.234,5");
  assert.equal(writeNumber(-1n), "-0,0001");
  assert.equal(writeNumber(0n), "0");
  assert.equal(writeNumber(10000000000n), "1.000.000");
});

test("what is written is read again", () => {
  for (const number of [0n, 1n, -1n, 9999n, 10000n, 123456789n, -9999999999999999n]) {
    assert.equal(readNumber(writeNumber(number)), number);
  }
});

test("two texts are the same as numbers or as words, and blank is not zero", () => {
  assert.ok(isSame("1.000", "1000,0"));
  assert.ok(isSame("Một\r\nhai ", "Một\nhai"));
  assert.ok(isSame("", undefined));
  assert.ok(!isSame("", "0"));
  assert.ok(!isSame("1", "1,0001"));
});
