/* Numbers as the server writes them, for the sums under a row: exact, in ten-thousandths (a BigInt). What was typed is
   judged by the server alone (kernel/numbers.py); here a text that is not plainly a number simply counts as none.
   tests/rules/test_typed_figures.py gives both the same texts. */

const SIGNED = /^-?([0-9]{1,12}|[1-9][0-9]{0,2}(\.[0-9]{3})+|[1-9][0-9]{0,2}( [0-9]{3})+)(,[0-9]{1,4})?$/;

function plain(text) {
  return String(text ?? "")
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+/g, " ")
    .replace(/\u2212/g, "-")
    .trim()
    .replace(/^'(?=[0-9-])/, "")
    .replace(/ ?%$/, "");
}

/* A BigInt; null for blank; undefined for what is no number. */
export function readNumber(text) {
  const typed = plain(text);
  if (!typed) {
    return null;
  }
  if (!SIGNED.test(typed)) {
    return undefined;
  }
  const [whole, places = ""] = typed.split(",");
  const sign = typed.startsWith("-") ? -1n : 1n;
  return sign * BigInt(whole.replace(/[-. ]/g, "") + places.padEnd(4, "0"));
}

export function writeNumber(number) {
  const sign = number < 0n ? "-" : "";
  const digits = String(number < 0n ? -number : number).padStart(5, "0");
  const whole = digits.slice(0, -4).replace(/\B(?=(\d{3})+$)/g, ".");
  const places = digits.slice(-4).replace(/0+$/, "");
  return sign + whole + (places ? "," + places : "");
}

/* Whether two texts of a cell say the same: as numbers where both are numbers, else as text. */
export function isSame(one, other) {
  return comparable(one) === comparable(other);
}

function comparable(text) {
  const number = readNumber(text);
  if (typeof number === "bigint") {
    return "#" + number;
  }
  return String(text ?? "").replace(/\r\n?/g, "\n").trim();
}
