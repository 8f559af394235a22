/* A table copied from Word or a web page comes into the field as Excel would give it: one line a row, tabs between
   cells. Only where plain text would break it: cells of several lines, merged cells. Else the browser pastes as
   always. */

const MOST_SPANNED = 40;
const COMMENT_NODE = 8;

document.querySelectorAll("textarea[data-table-paste]").forEach((field) => {
  field.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    const body = html ? new DOMParser().parseFromString(html, "text/html").body : null;
    if (!body || ![...body.querySelectorAll("table")].some(isBroken)) {
      return;
    }
    event.preventDefault();
    insert(field, linesOf(body).join("\n"));
  });
});

function insert(field, text) {
  if (document.execCommand("insertText", false, text)) {
    return;
  }
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function isBroken(table) {
  return [...table.querySelectorAll("td, th")].some((cell) => {
    const isMerged = cell.rowSpan > 1 || cell.colSpan > 1;
    return isMerged || cell.querySelectorAll("p, div, li").length > 1 || cell.querySelector("br");
  });
}

/* What stands around a table comes with it. */
function linesOf(node) {
  return [...node.childNodes].flatMap((child) => {
    if (child.nodeName === "TABLE") {
      return rowsOf(child);
    }
    if (child.querySelector?.("table")) {
      return linesOf(child);
    }
    const isText = child.nodeName !== "STYLE" && child.nodeType !== COMMENT_NODE;
    return isText && line(child) ? [line(child)] : [];
  });
}

/* A merged cell stands in its first place; the others are empty. */
function rowsOf(table) {
  const below = {}; // place → rows that a merged cell still covers there
  return Array.from(table.rows, (row) => {
    const cells = [];
    const skip = () => {
      while (below[cells.length] > 0) {
        below[cells.length] -= 1;
        cells.push("");
      }
    };
    for (const cell of row.cells) {
      skip();
      const text = cellText(cell);
      for (let n = 0; n < Math.min(cell.colSpan, MOST_SPANNED); n += 1) {
        if (cell.rowSpan > 1) {
          below[cells.length] = cell.rowSpan - 1;
        }
        cells.push(n ? "" : text);
      }
    }
    skip();
    return cells.join("\t");
  });
}

/* Two paragraphs of a cell are two words, not one. */
function cellText(cell) {
  cell.querySelectorAll("p, div, li, br").forEach((block) => block.after(" "));
  return line(cell);
}

function line(node) {
  return node.textContent.replace(/[\s\u00a0]+/g, " ").trim();
}
