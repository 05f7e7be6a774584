import { expect, it } from "vitest";
import { aligned, hasValues, lineStyle, summary } from "../../main/page/core/series";

it("sums a curve up with its ends and extremes", () => {
  expect(summary("Loss", [0, 1, 2, 3], [2.4, null, 0.4, 0.5])).toBe(
    "Loss went from 2.4 (round 0) to 0.5 (round 3); least 0.4 (round 2), most 2.4 (round 0).",
  );
  expect(summary("Loss", [7], [0.5])).toBe("Loss is 0.5 in round 7.");
  expect(summary("Metric", [0, 1], [null, null])).toBe("Metric: nothing is known yet.");
});

it("puts curves of different rounds over one axis", () => {
  const all = aligned([{ rounds: [0, 2], values: [1, 2] }, { rounds: [1, 2, 3], values: [5, null, 7] }]);
  expect(all.rounds).toEqual([0, 1, 2, 3]);
  expect(all.values).toEqual([[1, null, 2, null], [null, 5, null, 7]]);
});

it("draws no two of twenty sites alike", () => {
  const styles = new Set(Array.from({ length: 20 }, (_, i) => JSON.stringify(lineStyle(i))));
  expect(styles.size).toBe(20);
});

it("knows whether there is anything to draw", () => {
  expect(hasValues([null, 0])).toBe(true);
  expect(hasValues([null, undefined])).toBe(false);
  expect(hasValues(undefined)).toBe(false);
});
