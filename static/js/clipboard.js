/* What was copied, as rows of cells: from the HTML of the clipboard where it holds a table (Word, Excel, a web page), else
   from its text, with cells quoted as Excel quotes them. A cell of null was swallowed by a merged one: it is not given.
   Nothing of the HTML is ever put into the page: it is parsed apart, where no script runs and nothing is fetched. */
window.copied = (function () {
  "use strict";
  var LINES = "P DIV LI UL OL H1 H2 H3 H4 H5 H6 BLOCKQUOTE PRE TR TABLE SECTION ARTICLE".split(" ");
  var SILENT = "STYLE SCRIPT HEAD TITLE META LINK".split(" ");
  var MOST_SPANNED = 200;

  function isHidden(element) {
    return /(^|;)\s*display\s*:\s*none/i.test(element.getAttribute("style") || "");
  }

  /* The words of an element, a line for each paragraph, list item and line break. */
  function words(element) {
    var out = "";
    function lineEnds() { if (out && !/\n$/.test(out)) { out += "\n"; } }
    function walk(node) {
      if (node.nodeType === 3) { out += node.nodeValue.replace(/[\s\u00a0]+/g, " "); return; }
      if (node.nodeType !== 1 || SILENT.indexOf(node.tagName) >= 0 || isHidden(node)) { return; }
      if (node.tagName === "BR") { out += "\n"; return; }
      var isLine = LINES.indexOf(node.tagName) >= 0;
      if (isLine) { lineEnds(); }
      Array.prototype.forEach.call(node.childNodes, walk);
      if (isLine) { lineEnds(); }
    }
    Array.prototype.forEach.call(element.childNodes, walk);
    return out.split("\n").map(function (line) { return line.replace(/ +/g, " ").trim(); }).join("\n").trim();
  }

  function rowsOf(table) {
    return Array.prototype.filter.call(table.rows, function (row) { return !isHidden(row) && row.cells.length; });
  }

  /* A table of one cell is a frame around something: around another table that one is meant. */
  function inner(table) {
    var rows = rowsOf(table);
    var only = rows.length === 1 && rows[0].cells.length === 1 ? rows[0].cells[0].querySelector("table") : null;
    return only ? inner(only) : table;
  }

  function fill(table, out) {
    var top = out.length;
    rowsOf(table).forEach(function (tr, r) {
      var line = out[top + r] = out[top + r] || [], at = 0;
      Array.prototype.forEach.call(tr.cells, function (cell) {
        while (line[at] !== undefined) { at++; }
        var wide = Math.min(cell.colSpan || 1, MOST_SPANNED), high = Math.min(cell.rowSpan || 1, MOST_SPANNED);
        for (var down = 0; down < high; down++) {
          var below = out[top + r + down] = out[top + r + down] || [];
          for (var across = 0; across < wide; across++) { below[at + across] = null; }
        }
        line[at] = words(cell);
        at += wide;
      });
    });
    return out;
  }

  function tables(html) {
    if (!/<t(able|r|d)\b/i.test(html)) { return []; }
    var body = new DOMParser().parseFromString(html, "text/html").body;
    return Array.prototype.filter.call(body.querySelectorAll("table"), function (table) {
      return !table.parentElement.closest("table") && rowsOf(table).length;
    }).map(inner);
  }

  /* Excel quotes a cell that holds a line break, a tab or a quote; a quote that closes inside a cell is a sign like others. */
  function fromText(text) {
    var out = [[]], i = 0, cell = "";
    text = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    while (i <= text.length) {
      var c = text.charAt(i);
      if (c === "\"" && cell === "") {
        var close = i + 1, inside = "";
        while (close < text.length) {
          if (text.charAt(close) === "\"") {
            if (text.charAt(close + 1) !== "\"") { break; }
            inside += "\""; close += 2; continue;
          }
          inside += text.charAt(close++);
        }
        var after = text.charAt(close + 1);
        if (close < text.length && (after === "" || after === "\t" || after === "\n")) { cell = inside; i = close + 1; c = after; }
        else { cell = c; i++; continue; }
      }
      if (c === "\t") { out[out.length - 1].push(cell); cell = ""; }
      else if (c === "\n") { out[out.length - 1].push(cell); out.push([]); cell = ""; }
      else if (c === "") { out[out.length - 1].push(cell); break; }
      else { cell += c; }
      i++;
    }
    return out;
  }

  /* { rows, isTable }: what the clipboard holds. */
  function read(data) {
    var found = tables(data.getData("text/html"));
    if (!found.length) { return { rows: fromText(data.getData("text/plain")), isTable: false }; }
    var rows = found.reduce(function (out, table) { return fill(table, out); }, []);
    return { rows: rows.map(function (line) { return Array.from(line, function (cell) { return cell === undefined ? null : cell; }); }), isTable: true };
  }

  return { read: read };
})();
