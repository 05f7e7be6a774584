import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ContractInfo, PerformanceInfo, SitePerformance, SiteStanding } from "../../main/page/api";
import { laggingSite, progress, REMARKS, slowSite, trainingState } from "../../main/page/core/words";
import type { OpenRoundInfo, RoundLine } from "../../main/page/api";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const before = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

const contract = (status = "open", sites = ["a", "b", "c"]): ContractInfo => ({
  name: "digits", contract: "digits", generation: 1, status,
  sites: sites.map((name) => ({ name, account: `0x${name}`, maxWeight: 1 })),
});

const round = (number: number, secondsAgo: number): RoundLine => ({
  round: number, openedAt: before(secondsAgo + 10), closedAt: before(secondsAgo), closedBy: "all-live", participants: 2, leftOut: [], leftOutCount: 0, recordHash: "",
});

const site = (name: string, training: boolean, epochs = 0, totalEpochs = 0, newest: number | null = null): SitePerformance => ({ site: name, account: `0x${name}`, training, epochs, totalEpochs, round: newest });
const performance = (...sites: SitePerformance[]): PerformanceInfo => ({ contract: "digits", sites });
const open = (contributed: number, missing: string[]): OpenRoundInfo => ({ round: 12, contributed, minPeers: 2, missing, missingCount: missing.length, absent: [], at: before(1) });

describe("the state of a training", () => {
  it("says what a draft waits for", () => {
    expect(trainingState({ contract: contract("draft"), rounds: [] }, NOW)).toContain("waits for its first trainer");
  });

  it("says that nobody is there", () => {
    expect(trainingState({ contract: contract("open", []), rounds: [] }, NOW)).toBe("No site is enrolled yet: invite one.");
    expect(trainingState({ contract: contract(), rounds: [] }, NOW)).toBe("Nobody trains yet; 3 sites are enrolled.");
    expect(trainingState({ contract: contract(), rounds: [round(11, 14)] }, NOW)).toBe("Nobody trains. Round 11 was merged 14 s ago.");
  });

  it("names the site that a round waits for, and how long", () => {
    const known = { contract: contract(), performance: performance(site("a", true)), rounds: [round(11, 14)] };
    expect(trainingState({ ...known, open: open(2, ["hospital-c"]) }, NOW)).toBe("Round 12 waits for hospital-c, 14 s; 2 sites have contributed.");
    expect(trainingState({ ...known, open: open(0, []) }, NOW)).toBe("Round 12 needs 2 sites, 14 s.");
    expect(trainingState({ ...known, open: open(3, []) }, NOW)).toBe("Round 12 is being merged, 14 s.");
  });

  it("does not speak of a round that is merged already", () => {
    const known = { contract: contract(), performance: performance(site("a", true)), rounds: [round(12, 3)], open: open(2, ["c"]) };
    expect(trainingState(known, NOW)).toBe("1 site trains for round 13; round 12 was merged 3 s ago.");
  });

  it("says that all are done", () => {
    const known = { contract: contract(), performance: performance(site("a", false, 10, 10), site("b", false, 0, 0)), rounds: [round(11, 60)] };
    expect(trainingState(known, NOW)).toContain("Finished");
  });
});

describe("progress", () => {
  it("is unknown if no site says how long it trains", () => {
    expect(progress(performance(site("a", true, 3, 0)), [])).toBeNull();
  });

  it("is the mean, and the slowest site decides how long it takes", () => {
    const told = progress(performance(site("a", true, 20, 100, 1), site("b", true, 10, 100, 1)), [round(1, 0), round(0, 100)]);
    expect(told?.done).toBeCloseTo(0.15);
    expect(told?.slowest).toBe("b");
    // 5 epochs a round, 100 s a round.
    expect(told?.leftMs).toBeCloseTo(18 * 100_000);
  });

  it("does not guess from one round", () => {
    expect(progress(performance(site("a", true, 1, 2, 0)), [round(0, 5)])?.leftMs).toBeNull();
  });
});

describe("the slow site", () => {
  const standing = (name: string, rounds: number, leftOut: number): SiteStanding => ({ site: name, training: false, epochs: 0, totalEpochs: 0, rounds, share: rounds / 16, leftOut });

  it("is the one that rounds have closed without", () => {
    expect(slowSite([standing("c", 1, 1), standing("a", 16, 0), standing("b", 16, 0)])).toBe(
      "c is slow: it was in 6.3 % of the rounds, the others in all of them. Rounds have closed without it.",
    );
    expect(slowSite([standing("c", 8, 2), standing("a", 12, 0)])).toContain("the others in at least 75 %.");
  });

  it("is told beside sites that never took part", () => {
    expect(slowSite([standing("away", 0, 1), standing("c", 1, 1), standing("a", 16, 0)])).toContain("c is slow");
  });

  it("is none if all are alike, if nobody was left out, or if nothing is known", () => {
    expect(slowSite([standing("c", 15, 1), standing("a", 16, 0)])).toBeNull();
    expect(slowSite([standing("c", 1, 0), standing("a", 16, 0)])).toBeNull(); // it came late
    expect(slowSite([standing("c", 1, 1)])).toBeNull();
    expect(slowSite([])).toBeNull();
  });
});

describe("the site that the others wait for", () => {
  it("is named with how long they do", () => {
    expect(laggingSite({ site: "c", behindMs: 8_200, roundMs: 11_000 })).toBe(
      "c is slow: half of the sites have contributed 8.2 s before it, of 11 s that a round takes.",
    );
    expect(laggingSite(undefined)).toBeNull();
  });
});

describe("remarks on sites", () => {
  it("has words for each code that the API names", () => {
    const document = JSON.parse(readFileSync(new URL("../../../../network/src/test/resources/io/swarmstream/network/api/openapi.json", import.meta.url), "utf8"));
    const told: string = document.components.schemas.SiteRemark.properties.code.description;
    const codes = told.replace(".", "").split(/, | or /);

    expect(Object.keys(REMARKS).sort()).toEqual(codes.sort());
  });
});
