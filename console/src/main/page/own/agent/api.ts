// Made by api-types.mjs from the API's OpenAPI document; edit neither by hand.

export interface AgentStatus {
  /** Name of the agent's member. */
  member: string;
  /** Taskrunner that it serves. */
  taskrunner: string;
  /** Whom it asks about, in words. */
  consent: string;
  /** How it runs trainers, in words. */
  runsAs: string;
  /** Version of the agent. */
  version: string;
  /** The run that waits for the owner. */
  waiting?: WaitingView | null;
  /** The run that it takes part in. */
  run?: RunView | null;
  /** Earlier runs of which logs are kept, the newest first. */
  past: RunView[];
  /** What the owner has answered, the newest first. */
  answers: AnswerView[];
}

export interface AnswerNoted {
  /** What it is about, in words. */
  about: string;
  /** Whether it may run. */
  approved: boolean;
}

export interface AnswerOrder {
  /** What it is about: run, task or author. */
  kind: string;
  /** Number of the run that waits, or name of the task or author. */
  name: string;
  /** Whether it may run. */
  approved: boolean;
}

export interface AnswerView {
  /** What it is about: run, task or author. */
  kind: string;
  /** Name of the task or of the author; of a run its number and more. */
  name: string;
  /** Whether it was approved. */
  approved: boolean;
  /** When, ISO 8601. */
  at: string;
}

export interface LogPiece {
  /** Where the piece begins, in bytes of the log. */
  from: number;
  /** Where the next one begins. */
  next: number;
  /** Length of the log. */
  bytes: number;
  /** The text, without what steers a terminal. */
  text: string;
}

export interface LogView {
  /** Index of the site in the profile's order. */
  site: string;
  /** trainer, build, or site: the site's node. */
  name: string;
  /** Its length. */
  bytes: number;
}

export interface PeerView {
  /** Its index in the profile's order. */
  index: number;
  /** Its name. */
  uid: string;
  /** WAITING, RUNNING, COMPLETE or ERROR. */
  state: string;
  /** What it does, or what is wrong. */
  description: string;
}

export interface ProblemView {
  /** urn:swarmstream:problem: followed by the code. */
  type: string;
  /** What happened, in general. */
  title: string;
  /** HTTP status. */
  status: number;
  /** What happened, to which field, and the way out. */
  detail: string;
  /** The kind of problem, for programs. */
  code: string;
  /** The field at fault. */
  field?: string | null;
  /** What was expected of the field. */
  expected?: string | null;
  /** What the field was. */
  actual?: string | null;
}

export interface RunView {
  /** Its number, with the attempt where that is not the first. */
  number: string;
  /** Name of the task. */
  task?: string | null;
  /** Type of the task. */
  type?: string | null;
  /** Address of the account that assigned it. */
  assignedBy?: string | null;
  /** When it was allowed, or taken before that; ISO 8601. */
  startedAt?: string | null;
  /** When it was over here, ISO 8601. */
  endedAt?: string | null;
  /** Its sites, or the agent itself. */
  peers: PeerView[];
  /** Its logs. */
  logs: LogView[];
}

export interface WaitingView {
  /** Its number. */
  run: number;
  /** Name of the task. */
  task: string;
  /** Type of the task. */
  type: string;
  /** Members who created or assigned it, or one of its prerequisites. */
  authors: string[];
  /** Since when, ISO 8601. */
  since: string;
  /** Why it waits. */
  reason: string;
  /** What it would do, line by line. */
  body: string[];
}
