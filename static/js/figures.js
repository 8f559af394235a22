/* Numbers as the server writes them, for the sums under a row: exact, in ten-thousandths. What was typed is judged by the
   server alone (kernel/numbers.py); here a text that is not plainly a number simply counts as none. */
window.figures = (function () {
  "use strict";
  var TYPED = /^-?([0-9]{1,12}|[1-9][0-9]{0,2}(\.[0-9]{3})+|[1-9][0-9]{0,2}( [0-9]{3})+)(,[0-9]{1,4})?$/;

  function plain(text) {
    return String(text === undefined || text === null ? "" : text)
      .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "")
      .replace(/[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+/g, " ")
      .replace(/\u2212/g, "-")
      .trim()
      .replace(/^'(?=[0-9-])/, "")
      .replace(/ ?%$/, "");
  }
  /* A BigInt; null for blank; undefined for what is no number. */
  function read(text) {
    var typed = plain(text);
    if (!typed) { return null; }
    if (!TYPED.test(typed)) { return undefined; }
    var parts = typed.split(",");
    var sign = typed.charAt(0) === "-" ? -1n : 1n;
    return sign * BigInt(parts[0].replace(/[-. ]/g, "") + ((parts[1] || "") + "0000").slice(0, 4));
  }
  function written(number) {
    var sign = number < 0n ? "-" : "";
    var digits = String(number < 0n ? -number : number).padStart(5, "0");
    var whole = digits.slice(0, -4).replace(/\B(?=(\d{3})+$)/g, ".");
    var places = digits.slice(-4).replace(/0+$/, "");
    return sign + whole + (places ? "," + places : "");
  }
  return { read: read, written: written };
})();
