import type { PartInfo, PartLink } from "../../api";

/** A part with its place in the drawing. */
export interface Placed {
  part: PartInfo;
  x: number;
  y: number;
  /** Without its name, among many like it. */
  isSmall: boolean;
}

/** An organisation. */
export interface Box {
  title: string;
  x: number;
  y: number;
  width: number;
  height: number;
  parts: Placed[];
  /** Told instead of the names of those that are small. */
  note: string;
}

export interface Drawing {
  width: number;
  height: number;
  boxes: Box[];
  lines: { x1: number; y1: number; x2: number; y2: number; isDown: boolean }[];
}

const GAP = 16;
const LEAST_BOX = 300;
const HEAD = 40;
const CELL = { width: 134, height: 46 };
const SMALL = 20;
const EDGE = 14;

/** More sites than these are drawn small, except those that need attention. */
export const MOST_NAMED = 12;
const MOST_LINES = 400;
export const SHARED = "Shared";

export function draw(parts: PartInfo[], links: PartLink[], width: number): Drawing {
  const columns = Math.max(1, Math.min(3, Math.floor((width + GAP) / (LEAST_BOX + GAP))));
  const boxWidth = (width - GAP * (columns - 1)) / columns;
  const heights = new Array<number>(columns).fill(0);
  const boxes = groups(parts).map(([title, its]) => {
    const column = heights.indexOf(Math.min(...heights));
    const box = place(title, its, column * (boxWidth + GAP), heights[column] as number, boxWidth);
    heights[column] = box.y + box.height + GAP;
    return box;
  });
  return { width, height: Math.max(0, Math.max(...heights) - GAP), boxes, lines: lines(boxes, links) };
}

/** What belongs to nobody first, then organisations with a network node, by name. */
function groups(parts: PartInfo[]): [string, PartInfo[]][] {
  const by = new Map<string, PartInfo[]>();
  for (const part of parts) {
    const title = part.organisation ?? SHARED;
    by.set(title, [...(by.get(title) ?? []), part]);
  }
  const rank = ([title, its]: [string, PartInfo[]]) =>
    title === SHARED ? 0 : its.some((part) => part.sentinel) ? 1 : its.some((part) => part.kind === "network") ? 2 : 3;
  return [...by].sort((a, b) => rank(a) - rank(b) || a[0].localeCompare(b[0]));
}

const ORDER = ["network", "kafka", "chain", "job", "agent", "site"];

function place(title: string, its: PartInfo[], x: number, y: number, width: number): Box {
  const sites = its.filter((part) => part.kind === "site");
  const isCrowded = sites.length > MOST_NAMED;
  const needs = (part: PartInfo) => part.state === "down" || part.state === "warn";
  const named = isCrowded ? [...its.filter((part) => part.kind !== "site"), ...sites.filter(needs).slice(0, MOST_NAMED)] : its;
  const small = isCrowded ? sites.filter((part) => !named.includes(part)) : [];
  named.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.name.localeCompare(b.name, "en", { numeric: true }));
  const perRow = Math.max(1, Math.floor((width - 2 * EDGE) / CELL.width));
  const cell = (width - 2 * EDGE) / perRow;
  let row = 0;
  const placed: Placed[] = [];
  // What talks to the network node stands below it.
  for (const group of [named.filter((part) => part.kind === "network"), named.filter((part) => part.kind !== "network")]) {
    group.forEach((part, i) =>
      placed.push({
        part,
        x: x + EDGE + cell * (i % perRow) + 10,
        y: y + HEAD + CELL.height * (row + Math.floor(i / perRow)) + 16,
        isSmall: false,
      }),
    );
    row += Math.ceil(group.length / perRow);
  }
  let bottom = y + HEAD + CELL.height * row;
  const perSmallRow = Math.max(1, Math.floor((width - 2 * EDGE) / SMALL));
  small.forEach((part, i) =>
    placed.push({
      part,
      x: x + EDGE + SMALL * (i % perSmallRow) + SMALL / 2,
      y: bottom + SMALL * Math.floor(i / perSmallRow) + SMALL / 2 + 20,
      isSmall: true,
    }),
  );
  if (small.length > 0) {
    bottom += 28 + SMALL * Math.ceil(small.length / perSmallRow);
  }
  const note = small.length === 0 ? "" : `${small.length} ${named.some((part) => part.kind === "site") ? "other " : ""}sites`;
  return { title, x, y, width, height: bottom - y + 10, parts: placed, note };
}

function lines(boxes: Box[], links: PartLink[]): Drawing["lines"] {
  const at = new Map(boxes.flatMap((box) => box.parts).filter((placed) => !placed.isSmall).map((placed) => [placed.part.id, placed]));
  return links
    .flatMap((link) => {
      const from = at.get(link.from);
      const to = at.get(link.to);
      // All sites talk to Kafka; lines that say so would hide the others.
      const isTold = from && to && (to.part.kind === "network" || !["site", "agent"].includes(from.part.kind));
      return isTold ? [{ x1: from.x, y1: from.y, x2: to.x, y2: to.y, isDown: from.part.state === "down" || to.part.state === "down" }] : [];
    })
    .slice(0, MOST_LINES);
}

/** How the swarm is, in one sentence. */
export function swarmState(parts: PartInfo[]): string {
  const count = (state: string) => parts.filter((part) => part.state === state).length;
  if (parts.length === 0) {
    return "No part of the swarm is known yet.";
  }
  const told = [
    [count("down"), "is down", "are down"],
    [count("warn"), "needs attention", "need attention"],
    [count("unknown"), "is not heard yet", "are not heard yet"],
    [count("ended"), "has ended", "have ended"],
  ] as const;
  const shown = told.filter(([many]) => many > 0);
  const all = parts.length.toLocaleString("en");
  return shown.length === 0
    ? `All ${all} parts work.`
    : `Of ${all} parts, ${shown.map(([many, one, several]) => `${many} ${many === 1 ? one : several}`).join(", ")}.`;
}
