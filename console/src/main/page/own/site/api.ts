// Made by api-types.mjs from the API's OpenAPI document; edit neither by hand.

export interface AnsweredContract {
  /** Its name. */
  contract: string;
  /** Whether the site may train for it. */
  approved: boolean;
  /** When the owner said so, ISO 8601. */
  at: string;
}

export interface ApprovalBody {
  /** Whether the site may train for the contract. */
  approved: boolean;
}

export interface ConsentState {
  /** Whether its owner is asked about each training contract. */
  asks: boolean;
  /** Contracts that wait for the owner. */
  waiting: WaitingContract[];
  /** What the owner has said. */
  answers: AnsweredContract[];
  /** Trainers that could not begin, the newest first. */
  refused: RefusedTrainer[];
  /** Why no training may begin, such as a missing licence, and the way out. */
  notPermitted?: string | null;
}

export interface CurveView {
  /** The rounds, oldest first; of a long training not all. */
  rounds: number[];
  /** Loss that this site told with its contribution; null: unknown. */
  loss: number[];
  /** Metric that this site told with its contribution. */
  metric: number[];
  /** Mean loss of the round's participants, by weight. */
  meanLoss: number[];
  /** Mean metric of the round's participants, by weight. */
  meanMetric: number[];
  /** Number of sites whose contributions are in the round. */
  sites: number[];
  /** Seconds that the round was open. */
  collectingSeconds: number[];
  /** Seconds from the last merged model to the sync; null: not by this process. */
  trainingSeconds: number[];
  /** Seconds until Kafka had the contribution. */
  sendingSeconds: number[];
  /** Seconds until the merged model was there. */
  waitingSeconds: number[];
}

export interface Ended {
  /** Round of the final model. */
  round: number;
  /** Merkle root of the final model. */
  modelHash: string;
}

export interface EndedState {
  /** Name of the training contract. */
  contract: string;
  /** Id of the session. */
  session: string;
  /** What trained. */
  trainer: string;
  /** Round of the final model. */
  round: number;
  /** Merkle root of the final model. */
  modelHash: string;
  /** Mean loss of the final round's participants. */
  meanLoss?: number | null;
  /** When this site learnt of it, ISO 8601. */
  at: string;
}

export interface EvaluationBody {
  /** Round of the model. */
  round?: number | null;
  /** Loss of the model. */
  loss?: number | null;
  /** Metric of the model. */
  metric?: number | null;
  /** Passes over the data so far. */
  epochsDone?: number | null;
  /** Passes planned. */
  epochsTotal?: number | null;
}

export interface FinalView {
  /** waiting or over. */
  state: string;
  /** Round of the newest model; -1: there is none. */
  round: number;
  /** Merkle root of the newest model. */
  modelHash?: string | null;
  /** When the wait for the current round began, ISO 8601. */
  since: string;
  /** Sites that the round waits for. */
  missing: string[];
  /** The same in words, with how many more are needed and how they join; empty once the training is over. */
  waitsFor: string;
  /** Number of sites that have contributed to it. */
  contributed: number;
  /** Number of sites that it needs. */
  minPeers: number;
  /** Epsilon of each site up to the newest model, of a contract that adds noise; its delta is in the terms. */
  epsilon?: number | null;
}

export interface FinishBody {
  /** What the node contributes until the training is over: snapshot, active or inactive. Default: as the session says. */
  checkIn?: string | null;
  /** Longest wait for one round. Default: 3600. */
  deadlineSeconds?: number | null;
}

export interface Node {
  /** Name of the site. */
  site: string;
  /** Ethereum address of the site. */
  address: string;
  /** Version of the node. */
  version: string;
  /** When the node was started, ISO 8601. */
  startedAt: string;
}

export interface PartState {
  /** chain, kafka or job. */
  name: string;
  /** unknown, up or down; the job counts as up unless it is known to be silent. */
  state: string;
  /** Since when, ISO 8601. */
  since: string;
  /** What is wrong with it. */
  problem?: string | null;
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

export interface RefusedTrainer {
  /** Training contract that it asked for. */
  contract: string;
  /** What trains. */
  trainer: string;
  /** The kind of problem, for programs. */
  code: string;
  /** What is wrong, and the way out. */
  detail: string;
  /** When, ISO 8601. */
  at: string;
}

export interface RoundView {
  /** The round. */
  round: number;
}

export interface SentState {
  /** Number of contributions. */
  contributions: number;
  /** Bytes of the weights' differences, as sent. */
  bytes: number;
  /** What the newest contribution says besides. */
  told?: ToldState | null;
}

export interface SessionBody {
  /** Name of the training contract. */
  contract: string;
  /** What trains, for people. */
  trainer?: string | null;
  /** The tensors that are shared, each with float values. */
  layout: Tensor[];
  /** How much the site asks to count. Default: 1. */
  weight?: number | null;
  /** Number of sites that a round needs. Default: as the contract says. */
  minPeers?: number | null;
  /** Merge method. Default: as the contract says. */
  mergeMethod?: string | null;
  /** Mini-batches between two syncs. Default: 128. An adaptive contract decides it instead. */
  syncInterval?: number | null;
  /** What the node contributes once the trainer has finished: snapshot (the default), active or inactive. */
  checkinModelOnTrainEnd?: string | null;
  /** Whether the contract must be adaptive, so that rounds decide the interval. Default: as the contract says. */
  adaptive?: boolean | null;
  /** Passes over its data that the trainer plans; 0: unknown. */
  epochsTotal?: number | null;
  /** Whether to close an open session of the same contract. */
  takeOver?: boolean | null;
}

export interface SessionState {
  /** Its id. */
  session: string;
  /** Name of the training contract. */
  contract: string;
  /** What trains. */
  trainer: string;
  /** ready, sending, waiting, failed, finished or over. */
  state: string;
  /** What it waits for, in words. */
  waitingFor: string;
  /** Since when, ISO 8601. */
  since: string;
  /** Sites that the round waits for. */
  missing: string[];
  /** The same in words, with how many more are needed and how they join. */
  waitsFor?: string | null;
  /** Number of sites in the round that is waited for. */
  contributed: number;
  /** Number of sites that a round needs. */
  minPeers: number;
  /** Seconds until the round closes, as the job last said. */
  closesInSeconds?: number | null;
  /** Round of the newest model; -1: there is none. */
  round: number;
  /** Loss of this site, as its trainer last reported. */
  loss?: number | null;
  /** Metric of this site, as its trainer last reported. */
  metric?: number | null;
  /** Mean loss of the participants of the newest model's round. */
  meanLoss?: number | null;
  /** Number of known rounds that are not on the chain yet. */
  pendingAnchors?: number | null;
  /** Since when anchors are pending, or none has been, ISO 8601. */
  anchorsSince?: string | null;
  /** What was last sent to the swarm. */
  lastSent?: Transfer | null;
  /** All that was sent. */
  sent: SentState;
  /** What was last received from the swarm. */
  lastReceived?: Transfer | null;
  /** Passes over the data so far. */
  epochsDone: number;
  /** Passes planned; 0: unknown. */
  epochsTotal: number;
  /** Seconds of training until all epochs are done, at the pace so far, without waits for other sites. */
  etaSeconds?: number | null;
  /** The same with as much waiting as so far. */
  etaWithWaitsSeconds?: number | null;
}

export interface SessionView {
  /** Its id. */
  session: string;
  /** Readable name that the site is enrolled with. */
  site: string;
  /** Name of the training contract on the chain. */
  contract: string;
  /** The terms on the chain. */
  terms: Terms;
  /** The round that is contributed to next. */
  round: number;
  /** Whether there is a merged model already. */
  hasModel: boolean;
  /** Number of the trainer's next sync. */
  nextSync: number;
  /** Mini-batches until that sync, counted from the newest model. */
  nextInterval: number;
  /** The final model that the session continues from, if the training was over before this trainer came. */
  trainingOver?: Ended | null;
  /** What the trainer should tell its user, in whole sentences; usually nothing. */
  notices: string[];
}

export interface StateView {
  /** accepted, or what could not be done. */
  state: string;
}

export interface StatusView {
  /** The node. */
  node: Node;
  /** The parts of the swarm, as they were some seconds ago. */
  parts: PartState[];
  /** The node's sessions, by id. */
  sessions: SessionState[];
  /** The newest trainings that are over, the newest first. */
  ended: EndedState[];
  /** What trainings need before they may begin. */
  consent: ConsentState;
}

export interface SyncView {
  /** waiting or merged. */
  state: string;
  /** The round that the sync was sent to; once merged, the model's. */
  round: number;
  /** When this state began, ISO 8601. */
  since: string;
  /** Seconds until the sync fails. */
  deadlineInSeconds?: number | null;
  /** Sites that the round waits for. */
  missing?: string[] | null;
  /** The same in words, with how many more are needed and how they join. */
  waitsFor?: string | null;
  /** Number of contributions that the round has. */
  contributed?: number | null;
  /** Number of contributions that the round needs. */
  minPeers?: number | null;
  /** Seconds left of the grace period for missing sites. */
  closesInSeconds?: number | null;
  /** Whether the round that the sync was sent to has a contribution of this site. */
  participated?: boolean | null;
  /** Sites whose weights are in the model. */
  participants?: string[] | null;
  /** Merkle root of the model. */
  modelHash?: string | null;
  /** Mean of the participants' losses. */
  meanLoss?: number | null;
  /** Mini-batches until the next sync. */
  nextInterval?: number | null;
  /** Whether this is the final model. */
  trainingOver?: boolean | null;
  /** Euclidean norm of the model. */
  norm?: number | null;
  /** Needs action at once: somebody else contributes with this site's key. */
  warning?: string | null;
  /** Says that this site's delta was longer than the round allowed, and was scaled down. */
  clipped?: string | null;
  /** Epsilon of each site up to this round, of a contract that adds noise; its delta is in the terms. */
  epsilon?: number | null;
  /** Euclidean length to which the next deltas are clipped, of a contract whose clip follows them. */
  clip?: number | null;
}

export interface Tensor {
  /** Unique in the model. */
  name: string;
  /** Lengths of its dimensions, outermost first; none for a scalar. */
  shape: number[];
}

export interface Terms {
  /** Merge method. */
  method: string;
  /** Number of sites that a round needs. */
  minPeers: number;
  /** How long a round with enough sites waits for the others, milliseconds. */
  gracePeriodMs: number;
  /** Number of values of the model. */
  parameterCount: number;
  /** SHA-256 of the layout's text. */
  layoutHash: string;
  /** How deltas are encoded. */
  encoding: string;
  /** Mini-batches before the first merge of an adaptive contract; 0: the contract is not adaptive. */
  adaptiveInterval: number;
  /** How payloads are hashed: blake3 or sha-256. */
  payloadHash: string;
  /** What makes the step of the model from the merged delta, such as nesterov:lr=0.7,momentum=0.9; none: the step is the delta. */
  optimizer: string;
  /** What sites do to their deltas before they send them, such as dp(clip=1,noise=1.1,delta=0.00001); none. */
  privacy: string;
}

export interface ToldState {
  /** How much the site asks to count. */
  weight: number;
  /** Training samples since the last merged model; 0: unknown. */
  samples: number;
  /** Loss. */
  loss?: number | null;
  /** Metric. */
  metric?: number | null;
  /** Passes over the data so far. */
  epochsDone: number;
  /** Passes planned; 0: unknown. */
  epochsTotal: number;
}

export interface Transfer {
  /** Round that the weights were sent to, or are the model of. */
  round: number;
  /** Euclidean norm of the weights. */
  norm?: number | null;
  /** Merkle root of the contribution or the model, as the round record has it. */
  hash: string;
  /** Size as float32. */
  bytes: number;
  /** When, ISO 8601. */
  at: string;
}

export interface UpView {
  /** up */
  status: string;
}

export interface WaitingContract {
  /** Its name. */
  contract: string;
  /** What wants to train. */
  trainer: string;
  /** Since when, ISO 8601. */
  since: string;
}
