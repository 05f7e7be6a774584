import type { ContractInfo, PerformanceInfo } from "../api";
import type { OpenRoundInfo, RoundLine, SitesPage, SiteStanding } from "../api";
import { ago, count, counted, duration, known, millis, names, percent, wait } from "./format";

/** What is known of a training. */
export interface Known {
  contract: ContractInfo;
  performance?: PerformanceInfo | undefined;
  open?: OpenRoundInfo | undefined;
  /** Newest first. */
  rounds: RoundLine[];
}

/** How a training is, in one sentence. */
export function trainingState(training: Known, now: number): string {
  const { contract, performance, open, rounds } = training;
  if (contract.status === "draft") {
    return "A draft: it waits for its first trainer, which brings the layout of the model.";
  }
  const enrolled = contract.sites.length;
  if (enrolled === 0) {
    return "No site is enrolled yet: invite one.";
  }
  const newest = rounds[0];
  const sites = performance?.sites ?? [];
  const active = sites.filter((site) => site.training).length;
  if (newest && isFinished(sites)) {
    return `Finished: all sites that said how long they train are done. Round ${count(newest.round)} was merged ${ago(newest.closedAt, now)}.`;
  }
  if (open && known(open.round) && (!newest || open.round > newest.round) && (active > 0 || (open.contributed ?? 0) > 0)) {
    return openRound(open, newest, now);
  }
  if (active > 0) {
    return newest
      ? `${counted(active, "site")} ${active === 1 ? "trains" : "train"} for round ${count(newest.round + 1)}; round ${count(newest.round)} was merged ${ago(newest.closedAt, now)}.`
      : `${counted(active, "site")} ${active === 1 ? "trains" : "train"} for the first round.`;
  }
  return newest
    ? `Nobody trains. Round ${count(newest.round)} was merged ${ago(newest.closedAt, now)}.`
    : `Nobody trains yet; ${counted(enrolled, "site")} ${enrolled === 1 ? "is" : "are"} enrolled.`;
}

function openRound(open: OpenRoundInfo, newest: RoundLine | undefined, now: number): string {
  const round = `Round ${count(open.round)}`;
  const since = millis(newest?.closedAt);
  const waited = since === null ? "" : `, ${wait(Math.max(0, now - since))}`;
  const contributed = open.contributed ?? 0;
  const missing = open.missingCount ?? open.missing.length;
  if (missing > 0 && contributed > 0) {
    return `${round} waits for ${names(open.missing, 3, missing)}${waited}; ${counted(contributed, "site has", "sites have")} contributed.`;
  }
  const more = (open.minPeers ?? 0) - contributed;
  if (more > 0) {
    return `${round} needs ${counted(more, "site")}${contributed > 0 ? " more" : ""}${waited}.`;
  }
  return contributed > 0 ? `${round} is being merged${waited}.` : `${round} waits for contributions${waited}.`;
}

function isFinished(sites: PerformanceInfo["sites"]): boolean {
  const planned = sites.filter((site) => site.totalEpochs > 0);
  return planned.length > 0 && planned.every((site) => site.epochs >= site.totalEpochs);
}

/** How far a training is. */
export interface Progress {
  /** 0 to 1: the mean over the sites that said how many epochs they want. */
  done: number;
  /** Until the slowest of them is done, at the speed of the last rounds; null: it cannot be told. */
  leftMs: number | null;
  /** The site that decides how long it takes. */
  slowest: string | null;
}

export function progress(performance: PerformanceInfo | undefined, rounds: RoundLine[]): Progress | null {
  const planned = (performance?.sites ?? []).filter((site) => site.totalEpochs > 0);
  if (planned.length === 0) {
    return null;
  }
  const done = planned.reduce((sum, site) => sum + Math.min(1, site.epochs / site.totalEpochs), 0) / planned.length;
  const perRound = msPerRound(rounds);
  let leftMs: number | null = null;
  let slowest: string | null = null;
  for (const site of planned.filter((each) => each.epochs < each.totalEpochs)) {
    // Its epochs a round over the whole training: rounds that it missed count as well.
    const roundsLeft = known(site.round) && site.epochs > 0 ? (site.totalEpochs - site.epochs) / (site.epochs / (site.round + 1)) : null;
    if (perRound !== null && roundsLeft !== null && (leftMs === null || roundsLeft * perRound > leftMs)) {
      leftMs = roundsLeft * perRound;
      slowest = site.site;
    }
  }
  return { done, leftMs, slowest };
}

/** Which site is slow, if one is: of sites, the one in the fewest rounds first. */
export function slowSite(sites: SiteStanding[]): string | null {
  // Enrolled sites that never took part are not slow, though the first round may have waited for them.
  const [first, second] = sites.filter((site) => known(site.share) && site.share > 0);
  if (!first || !second || !known(first.share) || !known(second.share) || first.leftOut === 0 || first.share > 0.9 || second.share - first.share < 0.1) {
    return null;
  }
  const others = second.share === 1 ? "all of them" : `at least ${percent(second.share)}`;
  return `${first.site} is slow: it was in ${percent(first.share)} of the rounds, the others in ${others}. Rounds have closed without it.`;
}

/** Which site the others wait for, if one costs them a notable part of each round. */
export function laggingSite(laggard: SitesPage["laggard"]): string | null {
  return laggard
    ? `${laggard.site} is slow: half of the sites have contributed ${duration(laggard.behindMs)} before it, of ${duration(laggard.roundMs)} that a round takes.`
    : null;
}

/** Of the last rounds. */
function msPerRound(newestFirst: RoundLine[]): number | null {
  const newest = newestFirst[0];
  const oldest = newestFirst.at(-1);
  const to = millis(newest?.closedAt);
  const from = millis(oldest?.closedAt);
  if (!newest || !oldest || to === null || from === null || newest.round <= oldest.round || to <= from) {
    return null;
  }
  return (to - from) / (newest.round - oldest.round);
}

/** What the codes of the API mean. */
export const CLOSED_BY: Record<string, string> = {
  "all-live": "all live sites contributed",
  "grace-period": "the grace period ended",
};

/** Why somebody should look at a site, in two or three words; the API has a sentence besides. */
export const REMARKS: Record<string, string> = {
  still: "does not move",
  repeats: "seems to be stuck",
  opposed: "pulls against the others",
  apart: "moves elsewhere",
  long: "moves much farther",
};

export const VERDICTS: Record<string, { state: string; text: string }> = {
  proven: { state: "ok", text: "proven" },
  failed: { state: "down", text: "failed" },
  "not-replayable": { state: "warn", text: "cannot be replayed" },
};

export const KINDS: Record<string, string> = {
  network: "network node",
  kafka: "Kafka",
  job: "training job",
  site: "site",
  agent: "task agent",
  chain: "chain",
};

export const STATES: Record<string, string> = {
  ok: "works",
  warn: "needs attention",
  down: "down",
  ended: "ended",
  unknown: "not heard yet",
};
