/* What was typed and not sent yet, as a file to carry away and take back; whether this browser promises to keep it. */
const MOST = 5000;
const LONGEST = 10000;

/* The text of the file; `entries` as keeping.js has them. */
export function toFile(sheet, entries) {
  return JSON.stringify({ sheet, entries }, null, 1);
}

/* The entries of a file of this sheet; null: it is another one's, or none of ours. */
export function fromFile(sheet, text) {
  let read;
  try {
    read = JSON.parse(text);
  } catch (error) {
    return null;
  }
  if (!read || read.sheet !== sheet || typeof read.entries !== "object" || !read.entries) {
    return null;
  }
  const pairs = Object.entries(read.entries).filter(([, entry]) => isEntry(entry));
  return Object.fromEntries(pairs.slice(0, MOST).map(([key, { v, base, at }]) => [key, { v, base, at }]));
}

function isEntry(entry) {
  const texts = [entry?.v, entry?.base];
  return texts.every((text) => typeof text === "string" && text.length <= LONGEST) && Number.isFinite(entry.at);
}

/* true, false, or null where the browser does not say. */
export async function isKeptForGood(storage) {
  if (!storage || !storage.persist) {
    return null;
  }
  try {
    return (await storage.persisted()) || (await storage.persist());
  } catch (error) {
    return null;
  }
}

/* The folded part of the page; `takeBack(entries)` puts them into the sheet again. */
export function offerFile({ place, sheet, words, keeping, takeBack, browser = window }) {
  if (!place) {
    return;
  }
  const said = place.querySelector("[data-said]");
  place.hidden = false;
  place.addEventListener(
    "toggle",
    async () => {
      const answer = await isKeptForGood(browser.navigator.storage);
      place.querySelector("[data-store]").textContent = answer ? words.keptForGood : words.keptForNow;
    },
    { once: true },
  );
  place.querySelector("[data-to-file]").addEventListener("click", async () => {
    const entries = await keeping.all();
    if (!Object.keys(entries).length) {
      said.textContent = words.nothingUnsent;
      return;
    }
    const blob = new Blob([toFile(sheet, entries)], { type: "application/json" });
    const link = Object.assign(document.createElement("a"), {
      href: URL.createObjectURL(blob),
      download: `chua-gui-${sheet}.json`,
    });
    link.click();
    URL.revokeObjectURL(link.href);
    said.textContent = words.unsentSaved;
  });
  place.querySelector("[data-from-file]").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    const entries = file ? fromFile(sheet, await file.text()) : null;
    event.target.value = "";
    said.textContent = entries ? "" : words.foreignFile;
    if (entries) {
      takeBack(entries);
    }
  });
}
