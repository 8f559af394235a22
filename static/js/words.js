/* The sentences of a script come translated with the page: an attribute of JSON on the element that the script serves.
   A place to fill stands in braces: "{n} ô". */

export function wordsOf(element) {
  return JSON.parse(element.dataset.words || "{}");
}

export function fill(sentence, places) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in places ? String(places[name]) : place));
}
