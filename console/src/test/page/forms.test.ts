import { expect, it } from "vitest";
import { draftTerms } from "../../main/page/core/draft";
import { outcome } from "../../main/page/core/votes";
import type { ExperimentInfo } from "../../main/page/api";
import { actText } from "../../main/page/pages/audit/acts";
import { encodingFlaw, encodingOf, fewestSites, specification } from "../../main/page/pages/contracts/terms";
import { better } from "../../main/page/pages/experiments/better";
import { matches, order, tagsOf } from "../../main/page/pages/experiments/find";

it("writes a merge method as the terms hold it", () => {
  expect(specification("mean", 1, false)).toBe("mean");
  expect(specification("trimmedmean", 2, false)).toBe("trimmedmean:2");
  expect(specification("mean", 1, true)).toBe("nnm+mean:1");
  expect(fewestSites("trimmedmean", 2, false)).toBe(5);
  expect(fewestSites("multikrum", 1, true)).toBe(5);
  expect(specification("bulyan", 1, false)).toBe("bulyan:1");
  expect(fewestSites("bulyan", 2, true)).toBe(11);
  expect(fewestSites("mean", 2, true)).toBe(5);
  expect(fewestSites("mean", 2, false)).toBe(1);
});

it("writes an encoding as the terms hold it", () => {
  expect(encodingOf("int4", "1")).toBe("int4");
  expect(encodingOf("topk", "1")).toBe("topk:1");
  expect(encodingOf("topk", "0.50")).toBe("topk:0.5");
  expect(encodingOf("topk", "")).toBe("topk:");
});

it("knows which merge methods take a few values of each delta", () => {
  expect(encodingFlaw("topk", "mean", false)).toBe("");
  expect(encodingFlaw("topk", "geomedian", false)).toBe("");
  expect(encodingFlaw("topk", "coordmedian", false)).toContain("choose mean or geomedian");
  expect(encodingFlaw("topk", "mean", true)).toContain("without nnm");
  expect(encodingFlaw("int4", "coordmedian", false)).toBe("");
});

it("reads the terms of a draft", () => {
  expect(draftTerms("#comment\nmin-peers=2\nmerge-method=mean\nx=a=b")).toEqual({ "min-peers": "2", "merge-method": "mean", x: "a=b" });
  expect(draftTerms(null)).toEqual({});
});

const experiment = (contract: string, bestLoss: number | null, bestMetric: number | null, lastRoundAt: string | null = null): ExperimentInfo => ({
  contract, name: contract, generation: 1, status: "idle", rounds: 1, sites: 1, bestLoss, bestLossRound: 3, bestMetric, bestMetricRound: 4, finished: false, notes: "lower rate", tags: ["base"], lastRoundAt,
});

it("finds and orders trainings; what is unknown comes last", () => {
  const all = [experiment("a", null, 0.8), experiment("b", 0.2, 0.9, "2026-11-28T12:00:00Z"), experiment("c", 0.1, null, "2026-11-27T12:00:00Z")];
  expect(order(all, "loss").map((each) => each.contract)).toEqual(["c", "b", "a"]);
  expect(order(all, "metric").map((each) => each.contract)).toEqual(["b", "a", "c"]);
  expect(order(all, "newest").map((each) => each.contract)).toEqual(["b", "c", "a"]);
  expect(matches(all[0] as ExperimentInfo, "BASE rate")).toBe(true);
  expect(matches(all[0] as ExperimentInfo, "nothing")).toBe(false);
  expect(tagsOf(" a, b ,,a")).toEqual(["a", "b"]);
});

it("says which training was better", () => {
  expect(better([experiment("a", 0.5, 0.8), experiment("b", 0.2, 0.9)])).toBe("b has the greatest metric: 0.9 in round 4; a has 0.8.");
  expect(better([experiment("a", 0.5, null), experiment("b", 0.2, 0.9)])).toBe("b has the least loss: 0.2 in round 3; a has 0.5.");
  expect(better([experiment("a", 0.5, 0.9), experiment("b", 0.2, 0.9)])).toBe("a and b have the same greatest metric, 0.9.");
  expect(better([experiment("a", null, null), experiment("b", 0.2, null)])).toContain("cannot be compared");
});

it("tells acts in words", () => {
  expect(actText("MemberInvited")).toBe("member invited");
  expect(actText("SetURLNow")).toBe("set url now");
});

it("says that other admins have to agree", () => {
  expect(outcome("b was removed.", { done: true, votes: 1, needed: 1, transaction: "0x" })).toBe("b was removed.");
  expect(outcome("b was removed.", { done: false, votes: 1, needed: 2, transaction: "0x" })).toContain("1 of 2 admins");
});
