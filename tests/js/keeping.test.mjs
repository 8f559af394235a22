import assert from "node:assert/strict";
import { test } from "node:test";
import { Keeping, openDatabase } from "../../static/js/grid/keeping.js";

class Storage {
  constructor() {
    this.texts = new Map();
  }

  get length() {
    return this.texts.size;
  }

  key(n) {
    return [...this.texts.keys()][n];
  }

  getItem(name) {
    return this.texts.get(name) ?? null;
  }

  setItem(name, text) {
    this.texts.set(name, text);
  }

  removeItem(name) {
    this.texts.delete(name);
  }
}

const entry = (v, at = 1) => ({ v, base: "", at });
const keepingIn = (storage, prefix = "gu:lan:p1:") => new Keeping(prefix, storage, Promise.resolve(null));

test("what is kept is found again, by this person and sheet only", async () => {
  const storage = new Storage();
  keepingIn(storage).keep("r1:goal", entry("5"));
  assert.deepEqual(await keepingIn(storage).all(), { "r1:goal": entry("5") });
  assert.deepEqual(await keepingIn(storage, "gu:minh:p1:").all(), {});
});

test("only the acknowledged text is forgotten", async () => {
  const keeping = keepingIn(new Storage());
  keeping.keep("r1:goal", entry("56"));
  keeping.forget("r1:goal", "5");
  assert.equal((await keeping.all())["r1:goal"].v, "56");
  keeping.forget("r1:goal", "56");
  assert.deepEqual(await keeping.all(), {});
});

test("what is not an entry of ours is passed over", async () => {
  const storage = new Storage();
  storage.setItem("gu:lan:p1:a", "{broken");
  storage.setItem("gu:lan:p1:b", JSON.stringify({ v: 5 }));
  storage.setItem("other", "x");
  assert.deepEqual(await keepingIn(storage).all(), {});
});

test("a store that refuses everything stops nobody", async () => {
  const full = new Storage();
  full.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  for (const storage of [full, null]) {
    const keeping = keepingIn(storage);
    keeping.keep("r1:goal", entry("5"));
    keeping.forget("r1:goal", "5");
    assert.deepEqual(await keeping.all(), {});
  }
});

test("no database is no fault", async () => {
  assert.equal(await openDatabase(undefined), null);
  const broken = {
    open() {
      throw new Error("SecurityError");
    },
  };
  assert.equal(await openDatabase(broken), null);
});

test("a blocked database is not waited for", async () => {
  const request = {};
  const opening = openDatabase({ open: () => request });
  request.onblocked();
  assert.equal(await opening, null);
});
