/* What a key does in the sheet. */

/* `key`: a KeyboardEvent or what looks like one; `place`: where the cursor stands in which kind of cell,
   { kind: "number" | "text" | "choice", start, end, length, isChanged }. Answers null, where the key is the browser's
   own, or { act: "newline" | "restore" | "rows" | "columns", by, always }; `always`: the browser does nothing, also
   where there is no cell to go to. */
export function actOf(key, place) {
  const isText = place.kind === "text";
  const isChoice = place.kind === "choice";
  if (key.key === "Enter") {
    if (key.altKey && isText) {
      return { act: "newline", always: true };
    }
    return { act: "rows", by: key.shiftKey ? -1 : 1, always: true };
  }
  if (key.altKey || key.ctrlKey || key.metaKey || key.shiftKey) {
    return null;
  }
  const isAtStart = place.start === 0;
  const isAtEnd = place.end === place.length;
  if (key.key === "Escape" && place.isChanged) {
    return { act: "restore", always: true };
  }
  if (key.key === "ArrowDown" && !isChoice && (!isText || isAtEnd)) {
    return { act: "rows", by: 1 };
  }
  if (key.key === "ArrowUp" && !isChoice && (!isText || isAtStart)) {
    return { act: "rows", by: -1 };
  }
  if (key.key === "ArrowRight" && (isChoice || isAtEnd)) {
    return { act: "columns", by: 1 };
  }
  if (key.key === "ArrowLeft" && (isChoice || isAtStart)) {
    return { act: "columns", by: -1 };
  }
  return null;
}

/* The nearest row in that direction that has this cell. */
export function rowBeyond(rows, row, name, by) {
  for (let i = rows.indexOf(row) + by; i >= 0 && i < rows.length; i += by) {
    if (rows[i].cells[name]) {
      return rows[i];
    }
  }
  return null;
}

/* The nearest cell of the row in that direction, by its name. */
export function cellBeyond(row, order, name, by) {
  for (let i = order.indexOf(name) + by; i >= 0 && i < order.length; i += by) {
    if (row.cells[order[i]]) {
      return order[i];
    }
  }
  return null;
}
