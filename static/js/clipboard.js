/* What was copied, as rows of cells: from the HTML of the clipboard where it holds a table (Word, Excel, a web page),
   else from its text, with cells quoted as Excel quotes them. A cell of null was swallowed by a merged one: it is not
   given. Nothing of the HTML is ever put into the page: it is parsed apart, where no script runs and nothing is
   fetched. */

const LINES = "P DIV LI UL OL H1 H2 H3 H4 H5 H6 BLOCKQUOTE PRE TR TABLE SECTION ARTICLE".split(" ");
const SILENT = "STYLE SCRIPT HEAD TITLE META LINK".split(" ");
const MOST_SPANNED = 200;
const TEXT_NODE = 3;
const ELEMENT_NODE = 1;

/* { rows, isTable }: what the clipboard holds. */
export function readClipboard(data) {
  const tables = tablesIn(data.getData("text/html"));
  if (!tables.length) {
    return { rows: rowsFromText(data.getData("text/plain")), isTable: false };
  }
  const rows = [];
  tables.forEach((table) => fillIn(table, rows));
  return { rows: rows.map((line) => Array.from(line, (cell) => cell ?? null)), isTable: true };
}

/* Excel quotes a cell that holds a line break, a tab or a quote; a quote that closes inside a cell is a sign like
   others. */
export function rowsFromText(copied) {
  const text = copied.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows = [[]];
  let at = 0;
  for (;;) {
    const quoted = text[at] === '"' ? quotedAt(text, at) : null;
    const cell = quoted ?? plainAt(text, at);
    rows[rows.length - 1].push(cell.text);
    if (cell.end >= text.length) {
      return rows;
    }
    if (text[cell.end] === "\n") {
      rows.push([]);
    }
    at = cell.end + 1;
  }
}

function plainAt(text, at) {
  const length = text.slice(at).search(/[\t\n]/);
  const end = length < 0 ? text.length : at + length;
  return { text: text.slice(at, end), end };
}

/* The cell that is quoted from here on; null where the quote is none of Excel's. */
function quotedAt(text, at) {
  let inside = "";
  for (let i = at + 1; i < text.length; i += 1) {
    if (text[i] !== '"') {
      inside += text[i];
    } else if (text[i + 1] === '"') {
      inside += '"';
      i += 1;
    } else {
      const isWhole = [undefined, "\t", "\n"].includes(text[i + 1]);
      return isWhole ? { text: inside, end: i + 1 } : null;
    }
  }
  return null;
}

function tablesIn(html) {
  if (!/<t(able|r|d)\b/i.test(html)) {
    return [];
  }
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const outer = [...body.querySelectorAll("table")].filter((table) => !table.parentElement.closest("table"));
  return outer.filter((table) => rowsOf(table).length).map(framed);
}

/* A table of one cell is a frame around something: around another table that one is meant. */
function framed(table) {
  const rows = rowsOf(table);
  const isFrame = rows.length === 1 && rows[0].cells.length === 1;
  const inner = isFrame ? rows[0].cells[0].querySelector("table") : null;
  return inner ? framed(inner) : table;
}

function rowsOf(table) {
  return [...table.rows].filter((row) => !isHidden(row) && row.cells.length);
}

function isHidden(element) {
  return /(^|;)\s*display\s*:\s*none/i.test(element.getAttribute("style") || "");
}

function fillIn(table, rows) {
  const top = rows.length;
  rowsOf(table).forEach((tr, r) => {
    const line = lineAt(rows, top + r);
    let at = 0;
    for (const cell of tr.cells) {
      while (line[at] !== undefined) {
        at += 1;
      }
      const wide = Math.min(cell.colSpan || 1, MOST_SPANNED);
      const high = Math.min(cell.rowSpan || 1, MOST_SPANNED);
      for (let down = 0; down < high; down += 1) {
        swallow(lineAt(rows, top + r + down), at, wide);
      }
      line[at] = textOf(cell);
      at += wide;
    }
  });
}

function lineAt(rows, index) {
  rows[index] = rows[index] || [];
  return rows[index];
}

/* In a row under way undefined is free, null is swallowed. */
function swallow(line, at, count) {
  for (let i = at; i < at + count; i += 1) {
    line[i] = null;
  }
}

/* The words of an element, a line for each paragraph, list item and line break. */
function textOf(element) {
  const parts = [];
  element.childNodes.forEach((node) => walk(node, parts));
  const lines = parts.join("").split("\n");
  return lines.map((line) => line.replace(/ +/g, " ").trim()).join("\n").trim();
}

function walk(node, parts) {
  if (node.nodeType === TEXT_NODE) {
    parts.push(node.nodeValue.replace(/[\s\u00a0]+/g, " "));
    return;
  }
  if (node.nodeType !== ELEMENT_NODE || SILENT.includes(node.tagName) || isHidden(node)) {
    return;
  }
  if (node.tagName === "BR") {
    parts.push("\n");
    return;
  }
  const isLine = LINES.includes(node.tagName);
  if (isLine) {
    endLine(parts);
  }
  node.childNodes.forEach((child) => walk(child, parts));
  if (isLine) {
    endLine(parts);
  }
}

function endLine(parts) {
  const last = parts.filter(Boolean).pop();
  if (last && !last.endsWith("\n")) {
    parts.push("\n");
  }
}
