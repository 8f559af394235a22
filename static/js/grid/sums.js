/* Sums and percentages while typing; the server counts again and decides. Numbers are BigInts of ten-thousandths. */
import { readNumber } from "./numbers.js";

/* The share of hamlets that reach the goal, in per cent; null while nothing is chosen. */
export function shareReached(states, nearlyCounts) {
  if (!states.some((state) => state)) {
    return null;
  }
  const count = BigInt(states.length);
  return (BigInt(reached(states, nearlyCounts)) * 2000000n + count) / (2n * count);
}

/* `nearlyCounts`: the criterion takes "cơ bản đạt" for "đạt". */
export function reached(states, nearlyCounts) {
  return states.filter((state) => state === "reached" || (nearlyCounts && state === "nearly")).length;
}

/* Whether a goal asks for less than what was assigned. */
export function isLower(goalText, assignedText, direction) {
  const goal = readNumber(goalText);
  const assigned = readNumber(assignedText);
  if (typeof goal !== "bigint" || typeof assigned !== "bigint") {
    return false;
  }
  return direction === "lower" || direction === "keep_zero" ? goal > assigned : goal < assigned;
}

/* The sum of the goals of periods where it differs from the goal; null where there is nothing to say. */
export function differingSum(splitTexts, goalText) {
  const split = splitTexts.map(readNumber).filter((number) => typeof number === "bigint");
  if (!split.length) {
    return null;
  }
  const sum = split.reduce((total, number) => total + number, 0n);
  return sum === readNumber(goalText) ? null : sum;
}
