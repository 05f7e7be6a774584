import type { ExperimentInfo } from "../api";
import { path, query } from "./call";

/** A training: a generation of a contract. */
export interface Training {
  /** Its name on the chain. */
  contract: string;
  /** As people call it. */
  name: string;
  /** Unknown: the newest. */
  generation: number | null;
}

/** The training of a name on the chain; a name that the node does not list is taken as it is. */
export function trainingOf(contract: string, experiments: ExperimentInfo[]): Training {
  const known = experiments.find((each) => each.contract === contract);
  return known ? { contract, name: known.name, generation: known.generation } : { contract, name: contract, generation: null };
}

/** A path below the training; the generation is a parameter, because a contract's name is that of its newest one. */
export function below(training: Training, rest: string, parameters: Record<string, string | number | null | undefined> = {}): string {
  return query(path`/v1/contracts/${training.name}` + rest, { generation: training.generation, ...parameters });
}
