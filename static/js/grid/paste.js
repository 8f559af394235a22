/* Where the cells of a copied block go. */

const LONGEST_BESIDE = 2000;
const LONGEST_FIGURE = 24;

/* The figures of a block that show how it was written; the server judges them. */
export function figuresIn(lines) {
  const cells = lines.flat().filter(isTelling);
  const figures = new Set(cells.map((cell) => cell.replace(/[\t\n]/g, " ")));
  return [...figures].join("\t").slice(0, LONGEST_BESIDE);
}

function isTelling(cell) {
  return Boolean(cell) && cell.length <= LONGEST_FIGURE && /[0-9][.,][0-9]/.test(cell);
}

/* Whether a line is the heads of the columns, copied with the block. */
export function isHead(line, heads) {
  const filled = line.filter((cell) => cell && cell.trim());
  return filled.length > 0 && filled.every((cell) => heads.includes(cell.trim().toLowerCase()));
}

/* The option of a word: its value, its own words, or the words that the server takes for it.
   `options`: { value, text, others } each. */
export function optionFor(options, text) {
  const wanted = text.trim().toLowerCase();
  return options.find((option) => {
    const own = option.text.trim().toLowerCase();
    if (wanted === "") {
      return option.value === "";
    }
    return (
      option.value === wanted ||
      own === wanted ||
      option.others.includes(wanted) ||
      (wanted.length > 2 && own.startsWith(wanted))
    );
  });
}

/* What is put where. `lines`: rows of cells, null for a cell that a merged one swallowed. `isTaken(row, name, text)`:
   whether that cell takes the text. A blank cell gives nothing: it never erases what stands there. */
export function planOf(lines, { rows, row, name, order, heads, isTaken }) {
  const plan = { pieces: [], blank: 0, hasHead: false, left: [] };
  const first = order.indexOf(name);
  let from = rows.indexOf(row);
  plan.hasHead = lines.length > 1 && isHead(lines[0], heads);
  for (const line of plan.hasHead ? lines.slice(1) : lines) {
    line.forEach((text, j) => place(plan, rows[from], order[first + j], text, isTaken));
    from += 1;
  }
  return plan;
}

function place(plan, row, column, text, isTaken) {
  if (text === null) {
    return;
  }
  const cell = row && column ? row.cells[column] : undefined;
  if (!text.trim()) {
    plan.blank += cell && cell.value ? 1 : 0;
  } else if (cell && isTaken(row, column, text)) {
    plan.pieces.push({ row, name: column, text });
  } else {
    plan.left.push(text.trim());
  }
}
