import { known } from "../../core/format";
import type { ExperimentInfo } from "../../api";

export const ORDERS: Record<string, string> = {
  newest: "newest first",
  loss: "least loss first",
  metric: "greatest metric first",
  name: "by name",
};

/** Whether each word is in the name, a tag or the notes. */
export function matches(experiment: ExperimentInfo, text: string): boolean {
  const all = [experiment.contract, experiment.status, experiment.notes, experiment.method ?? "", ...experiment.tags].join("\n").toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}

/** Unknown values come last, whatever the order. */
export function order(experiments: ExperimentInfo[], by: string): ExperimentInfo[] {
  const number = (value: number | null | undefined, otherwise: number) => (known(value) ? value : otherwise);
  const compare: Record<string, (a: ExperimentInfo, b: ExperimentInfo) => number> = {
    loss: (a, b) => number(a.bestLoss, Infinity) - number(b.bestLoss, Infinity) || 0,
    metric: (a, b) => number(b.bestMetric, -Infinity) - number(a.bestMetric, -Infinity) || 0,
    name: (a, b) => a.contract.localeCompare(b.contract, "en", { numeric: true }),
    newest: (a, b) => (b.lastRoundAt ?? "").localeCompare(a.lastRoundAt ?? ""),
  };
  return [...experiments].sort(compare[by] ?? compare.newest);
}

/** Tags that somebody has typed, separated by commas. */
export function tagsOf(text: string): string[] {
  return [...new Set(text.split(",").map((tag) => tag.trim()).filter(Boolean))];
}
