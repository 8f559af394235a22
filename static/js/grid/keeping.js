/* The copy in this browser of what was typed: localStorage at once, IndexedDB (written through to the disk) beside it.
   An entry is { v: text, base: text of the server, at: milliseconds, beside: texts or undefined }. */

const STORE = "typed";
const PATIENCE = 1500;

/* The database, or null where the browser has none or does not answer in time. */
export function openDatabase(factory) {
  return new Promise((resolve) => {
    if (!factory) {
      resolve(null);
      return;
    }
    let request;
    try {
      request = factory.open("giao-uoc", 1);
    } catch (error) {
      resolve(null);
      return;
    }
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
    request.onblocked = () => resolve(null);
    setTimeout(() => resolve(null), PATIENCE);
  });
}

export class Keeping {
  /* `database`: a promise of an IDBDatabase or null. */
  constructor(prefix, storage, database) {
    this.prefix = prefix;
    this.storage = storage;
    this.opening = database;
    this.database = null;
    database.then((opened) => {
      this.database = opened;
    });
  }

  keep(key, entry) {
    try {
      this.storage.setItem(this.prefix + key, JSON.stringify(entry));
    } catch (error) {
      // full: IndexedDB remains
    }
    this.#write((store) => store.put(entry, this.prefix + key));
  }

  /* Only what the server has acknowledged goes away: a text typed since stays. */
  forget(key, text) {
    const kept = this.#stored(this.prefix + key);
    if (kept && kept.v !== text) {
      return;
    }
    try {
      this.storage.removeItem(this.prefix + key);
    } catch (error) {
      // nothing to remove
    }
    this.#write((store) => {
      const request = store.get(this.prefix + key);
      request.onsuccess = () => {
        if (request.result && request.result.v === text) {
          store.delete(this.prefix + key);
        }
      };
    });
  }

  /* Everything kept for this sheet, by key; of two copies the younger one. */
  async all() {
    const entries = {};
    const take = (key, entry) => {
      if (entry && typeof entry.v === "string" && (!entries[key] || entries[key].at < entry.at)) {
        entries[key] = entry;
      }
    };
    for (const name of this.#names()) {
      take(name.slice(this.prefix.length), this.#stored(name));
    }
    const database = await this.opening;
    if (database) {
      await this.#each(database, (name, entry) => take(name.slice(this.prefix.length), entry));
    }
    return entries;
  }

  #names() {
    try {
      const names = Array.from({ length: this.storage.length }, (_, i) => this.storage.key(i));
      return names.filter((name) => name.startsWith(this.prefix));
    } catch (error) {
      return []; // no localStorage: IndexedDB remains
    }
  }

  #stored(name) {
    try {
      return JSON.parse(this.storage.getItem(name));
    } catch (error) {
      return null; // not ours
    }
  }

  #write(work) {
    if (!this.database) {
      return;
    }
    try {
      work(this.database.transaction(STORE, "readwrite", { durability: "strict" }).objectStore(STORE));
    } catch (error) {
      // the other copy remains
    }
  }

  #each(database, take) {
    return new Promise((resolve) => {
      let request;
      try {
        const range = IDBKeyRange.bound(this.prefix, this.prefix + "\uffff");
        request = database.transaction(STORE).objectStore(STORE).openCursor(range);
      } catch (error) {
        resolve();
        return;
      }
      request.onerror = () => resolve();
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor) {
          resolve();
          return;
        }
        take(String(cursor.key), cursor.value);
        cursor.continue();
      };
    });
  }
}
