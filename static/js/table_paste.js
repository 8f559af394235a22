/* A table copied from Word or a web page comes into the field as Excel would give it: one line a row, tabs between cells.
   Only where plain text would break it: cells of several lines, merged cells. Else the browser pastes as always. */
(function () {
  "use strict";

  function line(node) {
    return node.textContent.replace(/[\s\u00a0]+/g, " ").trim();
  }

  /* Two paragraphs of a cell are two words, not one. */
  function cellText(cell) {
    cell.querySelectorAll("p, div, li, br").forEach(function (block) { block.after(" "); });
    return line(cell);
  }

  function isBroken(table) {
    return Array.prototype.some.call(table.querySelectorAll("td, th"), function (cell) {
      return cell.rowSpan > 1 || cell.colSpan > 1 || cell.querySelectorAll("p, div, li").length > 1 || cell.querySelector("br");
    });
  }

  /* A merged cell stands in its first place; the others are empty. */
  function rowsOf(table) {
    var below = {};
    return Array.prototype.map.call(table.rows, function (row) {
      var cells = [], place = 0;
      function skip() {
        while (below[place] > 0) { below[place] -= 1; cells.push(""); place += 1; }
      }
      Array.prototype.forEach.call(row.cells, function (cell) {
        skip();
        for (var n = 0; n < Math.min(cell.colSpan, 40); n += 1) {
          cells.push(n ? "" : cellText(cell));
          if (cell.rowSpan > 1) { below[place] = cell.rowSpan - 1; }
          place += 1;
        }
      });
      skip();
      return cells.join("\t");
    });
  }

  /* What stands around a table comes with it. */
  function linesOf(node) {
    var lines = [];
    Array.prototype.forEach.call(node.childNodes, function (child) {
      if (child.nodeName === "TABLE") {
        lines = lines.concat(rowsOf(child));
      } else if (child.querySelector && child.querySelector("table")) {
        lines = lines.concat(linesOf(child));
      } else if (child.nodeName !== "STYLE" && child.nodeType !== 8 && line(child)) {
        lines.push(line(child));
      }
    });
    return lines;
  }

  document.querySelectorAll("textarea[data-table-paste]").forEach(function (field) {
    field.addEventListener("paste", function (event) {
      var html = event.clipboardData ? event.clipboardData.getData("text/html") : "";
      var body = html ? new DOMParser().parseFromString(html, "text/html").body : null;
      if (!body || !Array.prototype.some.call(body.querySelectorAll("table"), isBroken)) { return; }
      event.preventDefault();
      var text = linesOf(body).join("\n");
      if (!document.execCommand("insertText", false, text)) {
        field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
  });
})();
