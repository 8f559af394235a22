import assert from "node:assert/strict";
import { test } from "node:test";
import { fromFile, isKeptForGood, toFile } from "../../static/js/grid/unsent.js";

const ENTRIES = { "r1:goal": { v: "1.234,5", base: "", at: 1 } };

test("what was written to a file comes back, into its own sheet only", () => {
  assert.deepEqual(fromFile("p1", toFile("p1", ENTRIES)), ENTRIES);
  assert.equal(fromFile("p2", toFile("p1", ENTRIES)), null);
});

test("a file that is none of ours changes nothing", () => {
  for (const text of ["", "[]", "null", "{}", '{"sheet": "p1"}', '{"sheet": "p1", "entries": null}']) {
    assert.equal(fromFile("p1", text), null);
  }
  const odd = { a: { v: 5, base: "", at: 1 }, b: null, c: { v: "x".repeat(10001), base: "", at: 1 } };
  assert.deepEqual(fromFile("p1", toFile("p1", { ...odd, ...ENTRIES })), ENTRIES);
});

test("a browser is asked to keep it, and may refuse or not know", async () => {
  const storage = (persisted, persist) => ({ persisted: async () => persisted, persist: async () => persist });
  assert.equal(await isKeptForGood(storage(true, false)), true);
  assert.equal(await isKeptForGood(storage(false, true)), true);
  assert.equal(await isKeptForGood(storage(false, false)), false);
  assert.equal(await isKeptForGood(undefined), null);
});
