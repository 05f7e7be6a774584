import { count, known, measure } from "./format";

export type Values = readonly (number | null | undefined)[];

/** A line of a chart. */
export interface Line {
  label: string;
  values: Values;
  /** CSS variable of its colour. */
  colour: string;
  dash?: number[];
  width?: number;
}

/** Sites get colour and dash by their place, so that no two of twenty look alike, and colour alone says nothing. */
export function lineStyle(place: number): { colour: string; dash?: number[] } {
  const dashes: (number[] | undefined)[] = [undefined, [8, 4], [2, 3]];
  const dash = dashes[Math.floor(place / 7) % dashes.length];
  return { colour: `--line-${(place % 7) + 1}`, ...(dash ? { dash } : {}) };
}

/** What a curve does, in a sentence, for those who do not see it. */
export function summary(name: string, rounds: readonly number[], values: Values): string {
  const points = values.flatMap((value, i) => (known(value) ? [{ value, round: rounds[i] ?? 0 }] : []));
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) {
    return `${name}: nothing is known yet.`;
  }
  if (points.length === 1) {
    return `${name} is ${measure(first.value)} in round ${count(first.round)}.`;
  }
  const least = points.reduce((a, b) => (b.value < a.value ? b : a));
  const most = points.reduce((a, b) => (b.value > a.value ? b : a));
  return (
    `${name} went from ${measure(first.value)} (round ${count(first.round)}) to ${measure(last.value)} ` +
    `(round ${count(last.round)}); least ${measure(least.value)} (round ${count(least.round)}), ` +
    `most ${measure(most.value)} (round ${count(most.round)}).`
  );
}

/** Curves of several trainings over one axis: each list gets null where it has no value. */
export function aligned(
  curves: { rounds: readonly number[]; values: Values }[],
): { rounds: number[]; values: (number | null)[][] } {
  const rounds = [...new Set(curves.flatMap((curve) => curve.rounds))].sort((a, b) => a - b);
  const place = new Map(rounds.map((round, i) => [round, i]));
  const values = curves.map((curve) => {
    const all = new Array<number | null>(rounds.length).fill(null);
    curve.rounds.forEach((round, i) => (all[place.get(round) as number] = curve.values[i] ?? null));
    return all;
  });
  return { rounds, values };
}

/** Whether any value is known. */
export function hasValues(values: Values | undefined): boolean {
  return values?.some(known) ?? false;
}
