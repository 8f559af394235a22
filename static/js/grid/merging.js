/* Somebody else saved the row: what only one of us touched goes together, the rest is asked. */
import { isSame } from "./numbers.js";

/* What becomes of one cell: "unchanged" by others; "agreed": both say the same; "ours": an earlier text of ours whose
   answer was lost; "take" theirs, since nothing was typed here; "ask" the person. */
export function judge({ mine, base, theirs, tried }) {
  if (isSame(theirs, base)) {
    return "unchanged";
  }
  if (tried.some((text) => isSame(text, theirs))) {
    return isSame(mine, theirs) ? "agreed" : "ours";
  }
  if (mine === base) {
    return "take";
  }
  return isSame(mine, theirs) ? "agreed" : "ask";
}

/* What the answer of the server says of one cell; undefined where it says nothing. */
export function theirText(answer, name) {
  if (answer.values && name in answer.values) {
    return answer.values[name];
  }
  const hamlet = answer.hamlets && answer.hamlets[name.replace(/^(state|by)-/, "")];
  return hamlet ? hamlet[name.startsWith("state-") ? 0 : 1] : undefined;
}
