import { count, known, measure } from "../../core/format";
import type { ExperimentInfo } from "../../api";

/** Which of several trainings was best: by the metric if one has it, else by the loss. */
export function better(all: ExperimentInfo[]): string {
  const byMetric = all.filter((each) => known(each.bestMetric)).sort((a, b) => (b.bestMetric as number) - (a.bestMetric as number));
  if (byMetric.length > 1) {
    return told("greatest metric", byMetric, (each) => each.bestMetric, (each) => each.bestMetricRound);
  }
  const byLoss = all.filter((each) => known(each.bestLoss)).sort((a, b) => (a.bestLoss as number) - (b.bestLoss as number));
  return byLoss.length > 1
    ? told("least loss", byLoss, (each) => each.bestLoss, (each) => each.bestLossRound)
    : "They cannot be compared: fewer than two have reported a loss or a metric.";
}

type Value = (each: ExperimentInfo) => number | null | undefined;

function told(what: string, sorted: ExperimentInfo[], value: Value, round: Value): string {
  const [first, second] = sorted as [ExperimentInfo, ExperimentInfo];
  if (value(first) === value(second)) {
    return `${first.contract} and ${second.contract} have the same ${what}, ${measure(value(first))}.`;
  }
  return `${first.contract} has the ${what}: ${measure(value(first))} in round ${count(round(first))}; ${second.contract} has ${measure(value(second))}.`;
}
