import assert from "node:assert/strict";
import { test } from "node:test";
import { judge, theirText } from "../../static/js/grid/merging.js";
import { differingSum, isLower, reached, shareReached } from "../../static/js/grid/sums.js";
import { fill } from "../../static/js/words.js";

test("the share of hamlets is rounded to ten-thousandths, and nothing chosen is no share", () => {
  assert.equal(shareReached(["", ""], true), null);
  assert.equal(shareReached(["reached", "nearly", "far"], true), 666667n);
  assert.equal(shareReached(["far", ""], true), 0n);
  assert.equal(reached(["reached", "", "nearly", "far"], true), 2);
});

test("nearly reached is not reached where the criterion says so", () => {
  assert.equal(shareReached(["reached", "nearly", "far"], false), 333333n);
  assert.equal(reached(["reached", "", "nearly", "far"], false), 1);
});

test("lower than assigned follows the direction of the criterion", () => {
  assert.ok(isLower("9", "10", "higher"));
  assert.ok(!isLower("10", "10", "higher"));
  assert.ok(isLower("11", "10", "lower"));
  assert.ok(isLower("1", "0", "keep_zero"));
  assert.ok(!isLower("", "10", "higher"));
  assert.ok(!isLower("9", "", "higher"));
});

test("the sum of the quarters is said only where it differs from the goal", () => {
  assert.equal(differingSum(["1", "1", "1", "1"], "4"), null);
  assert.equal(differingSum(["1", "", "x", "1,5"], "4"), 25000n);
  assert.equal(differingSum(["1", "", "", ""], ""), 10000n);
  assert.equal(differingSum(["", "", "", ""], "4"), null);
});

test("what others saved is taken, left or asked about, cell by cell", () => {
  const cell = { mine: "5", base: "5", theirs: "6", tried: [] };
  assert.equal(judge({ ...cell, theirs: "5,0" }), "unchanged");
  assert.equal(judge(cell), "take");
  assert.equal(judge({ ...cell, mine: "6,0" }), "agreed");
  assert.equal(judge({ ...cell, mine: "7" }), "ask");
});

test("a text of ours whose answer was lost is no conflict", () => {
  const cell = { base: "5", theirs: "6", tried: ["6"] };
  assert.equal(judge({ ...cell, mine: "6" }), "agreed");
  assert.equal(judge({ ...cell, mine: "7" }), "ours");
});

test("the answer names a hamlet's state and quarter by the hamlet", () => {
  const answer = { values: { goal: "5" }, hamlets: { h1: ["reached", "2"] } };
  assert.equal(theirText(answer, "goal"), "5");
  assert.equal(theirText(answer, "state-h1"), "reached");
  assert.equal(theirText(answer, "by-h1"), "2");
  assert.equal(theirText(answer, "by-h2"), undefined);
  assert.equal(theirText({}, "goal"), undefined);
});

test("places of a sentence are filled by name, and text that looks like a place stays", () => {
  assert.equal(fill("{n} ô: {texts}", { n: 2, texts: "{n}; $&" }), "2 ô: {n}; $&");
  assert.equal(fill("{unknown}", {}), "{unknown}");
});
