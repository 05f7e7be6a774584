// Made by api-types.mjs from the API's OpenAPI document; edit neither by hand.

export interface ActInfo {
  /** Whether it took effect; else other admins have to do the same. */
  done: boolean;
  /** Admins who have said so, the caller included. */
  votes: number;
  /** Admins who have to say so. */
  needed: number;
  /** Hash of the transaction. */
  transaction: string;
}

export interface AdmissionRequest {
  /** Of the new member. Default: the certificate's common name. */
  name?: string | null;
  /** site, agent, owner, observer, job, network, admin. */
  roles: string[];
  /** Ethereum address of the new member. */
  account: string;
  /** Of the account over its binding to the certificate's key, or SPIFFE id if it has one; 0x and 130 hex digits. */
  signature: string;
}

export interface AdmissionTerms {
  /** Common name of the certificate; may be empty. */
  name: string;
  /** To which the certificate's authority belongs. */
  organisation: string;
  /** Roles that may be asked for. */
  roles: string[];
  /** Number of the swarm's chain; a part of what a newcomer signs. */
  chainId: number;
  /** Address of the smart contract; a part of what a newcomer signs. */
  swarmMembers: string;
}

export interface AnchorInfo {
  /** From 0. */
  round: number;
  /** SHA-256 of the round record, 64 hex digits. */
  recordHash: string;
  /** Merkle root of the model, 64 hex digits. */
  modelHash: string;
  /** Number of the block. */
  block: number;
  /** Hash of the transaction that anchored it. */
  transaction: string;
  /** Time of the block, ISO 8601. */
  at: string;
}

export interface AnsweringNode {
  /** Name of the member whose node it is. */
  member: string;
  /** To which that member belongs. */
  organisation: string;
  /** Version of its program. */
  version: string;
  /** network; or local, for a local swarm. */
  kind: string;
}

export interface AssignmentOrder {
  /** Name of a task that is finalised. */
  task: string;
  /** So many peers have to complete: sites for RUN_SWARM, else agents. */
  peers?: number | null;
  /** Whether all peers have to, whose agents were heard lately. */
  all?: boolean | null;
  /** Name of the agent that has to. */
  target?: string | null;
}

export interface AuditInfo {
  /** Number of the block. */
  block: number;
  /** Time of the block, ISO 8601. */
  at: string;
  /** Its hash; the transaction is signed by the actor. */
  transaction: string;
  /** Ethereum address of who acted, by sending the transaction. */
  actor: string;
  /** Name of the member with that address. */
  member?: string | null;
  /** Certificate key, or SPIFFE id, that the actor had at that time. */
  certificateKey?: string | null;
  /** Name of the member whose signature the act carries, if the actor relayed it: then the actor is the network node's member. */
  onBehalfOf?: string | null;
  /** What was done, such as MemberInvited. */
  act: string;
  /** Of the act. */
  details: string;
}

export interface AuthorityInfo {
  /** Whose members it certifies. */
  organisation: string;
  /** SHA-256 of the certificate, 64 hex digits. */
  fingerprint: string;
  /** PEM. */
  certificate: string;
}

export interface BindingRequest {
  /** Ethereum address of the member. */
  account: string;
  /** SHA-256 of the new certificate's public key, 64 hex digits. */
  certificateKey: string;
  /** SPIFFE id to be bound instead of the key. */
  spiffeId?: string | null;
  /** Of the account over the binding and its number, 0x and 130 hex digits. */
  signature: string;
}

export interface CallerInfo {
  /** The member's name; unique in the swarm. */
  member: string;
  /** The same, as in the list of members. */
  name: string;
  /** To which the member belongs. */
  organisation: string;
  /** Ethereum address. */
  account: string;
  /** admin, owner, site, agent, observer, network, job. */
  roles: string[];
  /** pending, active, suspended or removed. */
  status: string;
  /** SHA-256 of the public key of the member's certificate, 64 hex digits. */
  certificateKey: string;
  /** SPIFFE id, if that is what is bound instead of a key. */
  spiffeId?: string | null;
  /** How the node knows it: certificate or session. */
  by: string;
  /** When the session ends if no call comes, ISO 8601; none: by certificate. */
  sessionEnds?: string | null;
  /** The node that answers. */
  node: AnsweringNode;
  /** Whether the caller can act through this node. */
  acts: boolean;
  /** Why it cannot, and the way out; none: it can. */
  whyNot?: string | null;
  /** What there is at other nodes and not here; empty at a network node. */
  lacks: LackInfo[];
}

export interface CertificateAnswer {
  /** PEM, leaf first. */
  certificate: string;
  /** PEM of all authorities that the swarm trusts. */
  authorities: string[];
}

export interface CertificateOrder {
  /** PEM of a PKCS#10 request. */
  certificateRequest: string;
}

export interface ChainEntry {
  /** The genesis file, JSON. */
  genesis: string;
  /** Hash of block 0, 0x and 64 hex digits. */
  genesisHash: string;
  /** Addresses of the members' Ethereum nodes. */
  enodes: string[];
}

export interface ContractInfo {
  /** As people call it. */
  name: string;
  /** Its name on the chain: with a number after a reset. */
  contract: string;
  /** Counts from 1; each reset begins another. */
  generation: number;
  /** draft: no site has joined yet; open: on the chain; ended: a reset has replaced it. */
  status: string;
  /** Ethereum address of who enrols sites. */
  owner?: string | null;
  /** Ethereum address of the job that anchors rounds. */
  coordinator?: string | null;
  /** Merge method. */
  method?: string | null;
  /** Fewest sites that make a round. */
  minPeers?: number | null;
  /** How long a round waits for the rest, milliseconds. */
  gracePeriodMs?: number | null;
  /** Float32 values of the model. */
  parameters?: number | null;
  /** How deltas are encoded. */
  encoding?: string | null;
  /** Mini-batches before the first merge of an adaptive training; 0: not adaptive. */
  adaptiveInterval?: number | null;
  /** SHA-256 of the layout text. */
  layoutHash?: string | null;
  /** What no site may exceed. */
  limits?: string | null;
  /** How payloads are hashed: blake3 or sha-256. */
  payloadHash?: string | null;
  /** Makes the step of the model from the merged delta, such as nesterov:lr=0.7,momentum=0.9; none. */
  optimizer?: string | null;
  /** What sites do to their deltas before they send them, such as dp(clip=1,noise=1.1,delta=0.00001); none. */
  privacy?: string | null;
  /** What the anchored rounds may have given away of each site; none: the contract adds no noise. */
  privacyLoss?: string | null;
  /** Enrolled sites. */
  sites: EnrolledSiteInfo[];
  /** Text of the draft, as set by its owner. */
  draft?: string | null;
}

export interface ContractName {
  /** Its name on the chain. */
  contract: string;
}

export interface CurveInfo {
  /** Mean over the rounds of a value. */
  mean: number[];
  /** Least that a site reported in them. */
  min: number[];
  /** Greatest that a site reported in them. */
  max: number[];
}

export interface DraftOrder {
  /** Of the contract. */
  name: string;
  /** Merge method, as in the terms: [nnm+]NAME[:F]; none: mean. */
  merge?: string | null;
  /** Fewest sites that a round merges; none: 2. */
  minPeers?: number | null;
  /** How long a round waits for other sites once enough are in; none: 30. */
  graceSeconds?: number | null;
  /** How sites send their deltas, such as int8 or topk:1; none: float32. */
  encoding?: string | null;
  /** Mini-batches before the first merge; 0: not adaptive. */
  adaptiveInterval?: number | null;
  /** Greatest weight that sites may ask for; none: 1. */
  maxWeight?: number | null;
  /** Greatest share of the weight, such as 1/2, or none. */
  maxShare?: string | null;
  /** Greatest length of a delta, such as median*100, or none. */
  maxNorm?: string | null;
  /** How payloads are hashed, blake3 or sha-256; none: blake3. */
  payloadHash?: string | null;
  /** Makes the step of the model from the merged delta, such as nesterov or adam:lr=0.02; none: none. */
  optimizer?: string | null;
  /** What sites do to their deltas before they send them, such as dp(clip=1,noise=1.1); none: none. */
  privacy?: string | null;
}

export interface EnrolledSiteInfo {
  /** As enrolled. */
  name: string;
  /** Ethereum address. */
  account: string;
  /** Greatest weight it may ask for. */
  maxWeight: number;
}

export interface EnrolmentAnswer {
  /** As registered; pending until an admin approves. */
  member: MemberInfo;
  /** PEM of the issued certificate, leaf first. */
  certificate?: string | null;
  /** Names of the admins, who approve pending members. */
  admins: string[];
  /** PEM of all authorities that the swarm trusts. */
  authorities: string[];
  /** How to reach the swarm. */
  addresses: SwarmAddresses;
  /** Only with role network. */
  chain?: ChainEntry | null;
}

export interface EnrolmentOrder {
  /** Name of a member with the role site. */
  site: string;
  /** Greatest weight that it may ask for; none: 1. */
  weight?: number | null;
}

export interface EnrolmentRequest {
  /** From the invitation; works once. */
  token: string;
  /** Ethereum address of the new member. */
  account: string;
  /** PEM of a PKCS#10 request: proves that the newcomer has the key, also of a certificate that it brings. */
  certificateRequest?: string | null;
  /** PEM of the member's own certificate, if it has one; leaf first. */
  certificate?: string | null;
  /** PEM of the authority of a new organisation; only with role network. */
  authority?: string | null;
  /** SHA-256 of the certificate's public key, 64 hex digits. */
  certificateKey: string;
  /** SPIFFE id to be bound instead of the key. */
  spiffeId?: string | null;
  /** Of the account over the binding, 0x and 130 hex digits. */
  signature: string;
}

export interface ExperimentInfo {
  /** Its name on the chain: with a number after a reset. */
  contract: string;
  /** As people call it. */
  name: string;
  /** Counts from 1 how often it was reset. */
  generation: number;
  /** draft: no site has joined yet; running: a site trains, or a round was merged in the last ten minutes; idle: neither; ended: a later generation has replaced it. */
  status: string;
  /** Merge method; unknown for a draft. */
  method?: string | null;
  /** When its first round was closed, ISO 8601. */
  firstRoundAt?: string | null;
  /** When its newest round was closed, ISO 8601. */
  lastRoundAt?: string | null;
  /** How many rounds were merged. */
  rounds: number;
  /** Number of the newest round. */
  lastRound?: number | null;
  /** Sites that are enrolled, or were merged. */
  sites: number;
  /** Least mean loss of a round. */
  bestLoss?: number | null;
  /** The first round that had it. */
  bestLossRound?: number | null;
  /** Greatest mean metric of a round. */
  bestMetric?: number | null;
  /** The first round that had it. */
  bestMetricRound?: number | null;
  /** Whether each site that says how many epochs it wants has done them, and one does. */
  finished: boolean;
  /** What members have noted; may be empty. */
  notes: string;
  /** Words to find it by. */
  tags: string[];
  /** Name of the member that last changed notes or tags. */
  notedBy?: string | null;
  /** When, ISO 8601. */
  notedAt?: string | null;
}

export interface FindingInfo {
  /** Kind of the finding. */
  code: string;
  /** That it concerns. */
  round?: number | null;
  /** Name of the site that it concerns. */
  site?: string | null;
  /** That it concerns. */
  chunk?: number | null;
  /** What is wrong, with both values. */
  message: string;
}

export interface FoundingOrder {
  /** Layout text: names and shapes of the tensors. */
  layout: string;
  /** Merge method. */
  method: string;
  /** Fewest sites that make a round. */
  minPeers: number;
  /** Mini-batches before the first merge of an adaptive training; 0: not adaptive. */
  adaptiveInterval: number;
}

export interface HealthInfo {
  /** ok, or degraded when something below does not work. */
  state: string;
  /** Number of the newest block; -1 when the chain does not answer. */
  block: number;
  /** Days until the node's certificate expires. */
  certificateDays?: number | null;
  /** How many nodes make blocks; more than half have to be there. Unknown for a chain that is not ours. */
  sealers?: number | null;
  /** What is wrong and the way out, one sentence each; empty when all is well. */
  problems: string[];
}

export interface HeartbeatRequest {
  /** SN, SL or SWOP. */
  type: string;
  /** Of this run of the program. */
  uuid: string;
  /** URL, or host and port. */
  address: string;
  /** Of the product. */
  version: string;
  /** What a site trains at present, at most 32. */
  trainings?: TrainingProgress[] | null;
  /** true: the last one, because the program is being stopped. */
  ends?: boolean | null;
}

export interface InvitationFile {
  swarmstream: string;
  version: number;
  name: string;
  organisation: string;
  roles: string[];
  contract?: string | null;
  expires: string;
  networkNodes: string[];
  chainId: number;
  swarmMembers: string;
  authorities: string[];
  token: string;
  sites?: InvitedSite[] | null;
}

export interface InvitationOrder {
  /** Of the new member: 1 to 64 letters, digits, dots, dashes, underscores. */
  name: string;
  /** site, network, job, owner, observer, agent, admin. */
  roles: string[];
  /** Of the new member; none: its name. */
  organisation?: string | null;
  /** Contract to enrol a new site in, or * for all; none: no contract. */
  contract?: string | null;
  /** Greatest weight that the site may ask for; none: 1. */
  weight?: number | null;
  /** Days in which the invitation can be used, 1 to 90; none: 7. */
  expiresDays?: number | null;
  /** Whether an admin has to approve the new member; none: no. */
  approval?: boolean | null;
}

export interface InvitedSite {
  name: string;
  token: string;
}

export interface LackInfo {
  /** members or tasks. */
  what: string;
  /** Why, and what would give it. */
  sentence: string;
}

export interface Laggard {
  /** Name of the site. */
  site: string;
  /** How long after the median contribution of a round its own is complete, milliseconds, mean. */
  behindMs: number;
  /** From one round to the next, milliseconds, mean. */
  roundMs: number;
}

export interface LoginLink {
  /** To be opened in a browser; whoever has it is logged in. */
  url: string;
  /** Until when, ISO 8601. */
  expiresAt: string;
}

export interface LoginRequest {
  /** What follows #/login/ in the link. */
  token: string;
}

export interface MemberInfo {
  /** Unique in the swarm. */
  name: string;
  /** To which the member belongs. */
  organisation: string;
  /** Ethereum address. */
  account: string;
  /** admin, owner, site, agent, observer, network, job. */
  roles: string[];
  /** pending, active, suspended or removed. */
  status: string;
  /** SHA-256 of the public key of the member's certificate, 64 hex digits; its Kafka principal is User: and this. */
  certificateKey: string;
  /** SPIFFE id, if that is what is bound instead of a key. */
  spiffeId?: string | null;
}

export interface NodeInfo {
  /** SN: network node, SL: site node, SWOP: task agent. */
  type: string;
  /** Name of the member that runs it. */
  member: string;
  /** To which the member belongs. */
  organisation: string;
  /** URL, or host and port. */
  address: string;
  /** Of the product. */
  version: string;
  /** Of this run of the program. */
  uuid: string;
  /** UUID of the network node that it talks to. */
  parent?: string | null;
  /** Whether it was heard within three heartbeats, and has not said that it ends. */
  alive: boolean;
  /** Whether it has said that it ends: it was stopped as it should be. */
  ended: boolean;
  /** When it was first heard, ISO 8601. */
  aliveSince?: string | null;
  /** When it was last heard, ISO 8601. */
  lastHeard?: string | null;
}

export interface NotesOrder {
  /** At most 4,000 characters. */
  text: string;
  /** At most 20 of at most 40 characters each. */
  tags: string[];
}

export interface OpenRoundInfo {
  /** Its number; unknown: this node has read nothing of the job yet. */
  round?: number | null;
  /** Complete contributions so far. */
  contributed?: number | null;
  /** Fewest sites that make a round. */
  minPeers?: number | null;
  /** Names of live sites that are not complete yet, at most 1,000. */
  missing: string[];
  /** How many they are. */
  missingCount?: number | null;
  /** Names of enrolled sites that are not waited for, at most 1,000. */
  absent: string[];
  /** When the grace period ends, ISO 8601; unknown while too few are complete. */
  closesAt?: string | null;
  /** The same in words. */
  sentence?: string | null;
  /** When the job said so, ISO 8601. */
  at?: string | null;
}

export interface PartDetail {
  /** What it is. */
  name: string;
  /** As text. */
  value: string;
}

export interface PartInfo {
  /** Unique among the parts. */
  id: string;
  /** network, kafka, job, site, agent or chain. */
  kind: string;
  /** As people call it. */
  name: string;
  /** Name of the member that runs it. */
  member?: string | null;
  /** To which the member belongs. */
  organisation?: string | null;
  /** ok; warn: it works, but needs attention; down; ended: it was stopped as it should be; unknown: it was not heard yet. */
  state: string;
  /** Since when it is in this state, ISO 8601; unknown: the node cannot know. */
  since?: string | null;
  /** What is wrong and the way out; unknown when nothing is. */
  sentence?: string | null;
  /** Of the product. */
  version?: string | null;
  /** URL, or host and port. */
  address?: string | null;
  /** Days until its certificate expires; only of the node that answers. */
  certificateDays?: number | null;
  /** Whether it began the swarm. */
  sentinel: boolean;
  /** ISO 8601. */
  lastHeard?: string | null;
  /** More of it, for people. */
  details: PartDetail[];
}

export interface PartLink {
  /** Id of the part that opens it. */
  from: string;
  /** Id of the part that it goes to. */
  to: string;
}

export interface ParticipantInfo {
  /** Ethereum address of the site. */
  account: string;
  /** Name of the site, if it is still enrolled. */
  site?: string | null;
  /** With which it counted. */
  weight: number;
  /** Training loss that the site reported. */
  loss?: number | null;
  /** Metric that the site reported. */
  metric?: number | null;
  /** Epochs that the site has done. */
  epochs: number;
  /** Epochs that the site wants to do; 0: it did not say. */
  totalEpochs: number;
  /** Length of its delta as it was sent; unknown: the record does not say. */
  norm?: number | null;
  /** Cosine of its delta and the merged one, -1 to 1; unknown: one of them has length 0, or the record does not say. */
  cosine?: number | null;
  /** Of its payloads, encoded; unknown: the record does not say. */
  bytes?: number | null;
}

export interface PerformanceInfo {
  /** Name of the training contract on the chain. */
  contract: string;
  /** Name of the member whose job leads: it merges and anchors rounds. */
  leader?: string | null;
  /** Ethereum address of the leader; unknown for a draft. */
  leaderAccount?: string | null;
  /** Newest merged round; unknown before the first one. */
  round?: number | null;
  /** Enrolled sites. */
  sites: SitePerformance[];
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

export interface RefusalInfo {
  /** Why, for programs, such as unknown-key or invitation-used. */
  code: string;
  /** Why, for people, as the caller was told the last time. */
  detail: string;
  /** Method and path of the request. */
  request: string;
  /** Address that it came from. */
  address: string;
  /** Key of the certificate that the caller has shown. */
  certificateKey?: string | null;
  /** Name of the member with that key. */
  member?: string | null;
  /** When it was refused first, ISO 8601. */
  first: string;
  /** When it was refused last, ISO 8601. */
  last: string;
  /** How often. */
  count: number;
}

export interface RejectionInfo {
  /** Name of the site; unknown: it is not enrolled, or the record could not be read. */
  site?: string | null;
  /** Ethereum address that the record claims. */
  account?: string | null;
  /** That the record claims. */
  round?: number | null;
  /** The chunk that it concerns. */
  chunk?: number | null;
  /** Code of the reason. */
  reason: string;
  /** Field at fault. */
  field?: string | null;
  /** What happened and the way out. */
  message: string;
  /** When it was refused, ISO 8601. */
  at: string;
}

export interface RolesOrder {
  /** admin, owner, site, agent, observer, network, job. */
  roles: string[];
}

export interface RotationRequest {
  /** Ethereum address that has the membership. */
  previousAccount: string;
  /** Ethereum address that gets it. */
  account: string;
  /** Of the previous account over the move, 130 hex digits. */
  previousSignature: string;
  /** Of the new account over the move, 130 hex digits. */
  signature: string;
}

export interface RoundDetail {
  /** From 0. */
  round: number;
  /** Merge method. */
  method: string;
  /** When the coordinator opened it, ISO 8601. */
  openedAt: string;
  /** When the coordinator closed it, ISO 8601. */
  closedAt: string;
  /** When its record was written to Kafka, ISO 8601. */
  publishedAt: string;
  /** all-live or grace-period. */
  closedBy: string;
  /** Who was merged. */
  participants: ParticipantInfo[];
  /** Names of live sites that it did not wait for. */
  leftOut: string[];
  /** Mean of the losses by weight; unknown when no site reported one. */
  meanLoss?: number | null;
  /** Mean of the metrics by weight; unknown when no site reported one. */
  meanMetric?: number | null;
  /** Merkle root of the model before it, 64 hex digits; zeros in round 0. */
  baseHash: string;
  /** Merkle root of the model, 64 hex digits. */
  modelHash: string;
  /** SHA-256 of the round record, 64 hex digits. */
  recordHash: string;
  /** Float32 values of the model. */
  parameters: number;
  /** Chunks of the model. */
  chunks: number;
  /** Of an iterative merge method; else 0. */
  iterations: number;
  /** Length of the merged delta; unknown: the record does not say. */
  mergedNorm?: number | null;
  /** Of all payloads that were merged, encoded; unknown: the record does not say. */
  bytes?: number | null;
  /** What the chain holds of it; unknown: nothing yet, or the chain does not answer. */
  anchor?: AnchorInfo | null;
  /** From opened to closed, milliseconds; unknown when the clocks contradict each other. */
  collectingMs?: number | null;
  /** From closed to published, milliseconds. */
  mergingMs?: number | null;
  /** From published to the block of the anchor, milliseconds; 0 for a block that bears an earlier time. */
  anchoringMs?: number | null;
}

export interface RoundInfo {
  /** From 0. */
  round: number;
  /** Merkle root of the model, 64 hex digits. */
  modelHash: string;
  /** SHA-256 of the round record, 64 hex digits. */
  recordHash: string;
  /** Whether the chain holds the record's hash; unknown when the chain does not answer. */
  anchored?: boolean | null;
  /** Who was merged. */
  participants: ParticipantInfo[];
}

export interface RoundLine {
  /** From 0. */
  round: number;
  /** When the coordinator opened it, ISO 8601. */
  openedAt: string;
  /** When the coordinator closed it, ISO 8601. */
  closedAt: string;
  /** all-live or grace-period. */
  closedBy: string;
  /** Sites that were merged. */
  participants: number;
  /** Names of live sites that it did not wait for, at most 10. */
  leftOut: string[];
  /** How many they are. */
  leftOutCount: number;
  /** Mean of the losses by weight; unknown when no site reported one. */
  meanLoss?: number | null;
  /** Mean of the metrics by weight; unknown when no site reported one. */
  meanMetric?: number | null;
  /** SHA-256 of the round record, 64 hex digits. */
  recordHash: string;
  /** Whether the chain holds the record's hash; unknown when the chain does not answer. */
  anchored?: boolean | null;
  /** From opened to closed, milliseconds; unknown when the clocks contradict each other. */
  collectingMs?: number | null;
  /** From closed to published, milliseconds. */
  mergingMs?: number | null;
  /** proven, failed or not-replayable; unknown: this node has not verified it since it started. */
  verdict?: string | null;
}

export interface SeriesInfo {
  /** Name of the training contract on the chain. */
  contract: string;
  /** First round that it covers. */
  from: number;
  /** Last round that it covers; one less than from: there are no rounds. */
  to: number;
  /** Rounds that one value stands for. */
  step: number;
  /** First round of each value; all lists below are as long as this one. */
  rounds: number[];
  /** Of the rounds' mean loss. */
  loss: CurveInfo;
  /** Of the rounds' mean metric. */
  metric: CurveInfo;
  /** Sites merged in a round, mean. */
  participants: number[];
  /** From opened to closed, mean. */
  seconds: number[];
  /** Of the sites' deltas' lengths; none of round 0, which merges whole models. */
  norm: CurveInfo;
  /** Of the sites' cosines to the merged delta; none of round 0. */
  cosine: CurveInfo;
  /** Length of the merged delta, mean; none of round 0. */
  mergedNorm: number[];
  /** Those that were asked for. */
  sites: SiteCurves[];
}

export interface SiteCurves {
  /** Name of the site. */
  site: string;
  /** Mean. */
  loss: number[];
  /** Mean. */
  metric: number[];
  /** With which it counted, mean. */
  weight: number[];
  /** Length of its deltas, mean; none of round 0. */
  norm: number[];
  /** Cosine of its deltas and the merged ones, mean; none of round 0. */
  cosine: number[];
  /** Of its payloads, mean. */
  bytes: number[];
}

export interface SitePerformance {
  /** Name of the site. */
  site: string;
  /** Ethereum address of the site. */
  account: string;
  /** Whether its node says that a trainer trains at present. */
  training: boolean;
  /** Newest round that it was merged in; unknown: none. */
  round?: number | null;
  /** With which it counted in that round. */
  weight?: number | null;
  /** Training loss. */
  loss?: number | null;
  /** Metric. */
  metric?: number | null;
  /** Epochs that the site has done. */
  epochs: number;
  /** Epochs that the site wants to do; 0: it did not say. */
  totalEpochs: number;
  /** When its node said so, ISO 8601; unknown: it is from the round, or there is nothing yet. */
  reportedAt?: string | null;
}

export interface SiteRemark {
  /** still, repeats, opposed, apart or long. */
  code: string;
  /** What is unusual, and what to look at. */
  sentence: string;
}

export interface SiteStanding {
  /** Name of the site. */
  site: string;
  /** Ethereum address of the site; unknown: it is not enrolled any more. */
  account?: string | null;
  /** Whether its node says that a trainer trains at present. */
  training: boolean;
  /** Newest round that it was merged in; unknown: none. */
  round?: number | null;
  /** With which it counted in that round. */
  weight?: number | null;
  /** That it last reported. */
  loss?: number | null;
  /** That it last reported. */
  metric?: number | null;
  /** Length of its delta in that round; unknown: the record does not say. */
  norm?: number | null;
  /** Cosine of its delta and the merged one in that round, -1 to 1; unknown: one of them has length 0, or the record does not say. */
  cosine?: number | null;
  /** Of its payloads in that round, encoded; unknown: the record does not say. */
  bytes?: number | null;
  /** Why somebody should look at it; unknown: its deltas are as usual. */
  remark?: SiteRemark | null;
  /** Epochs that the site has done. */
  epochs: number;
  /** Epochs that the site wants to do; 0: it did not say. */
  totalEpochs: number;
  /** Rounds that it was merged in. */
  rounds: number;
  /** Of all rounds, 0 to 1; unknown: there are none. */
  share?: number | null;
  /** Rounds that did not wait for it. */
  leftOut: number;
  /** How long after the median contribution of its round its own was complete, milliseconds, mean of its rounds; unknown: the records do not say. */
  behindMs?: number | null;
  /** When a program of it was last heard, ISO 8601; unknown: not within a day. */
  lastHeard?: string | null;
}

export interface SitesPage {
  /** Name of the training contract on the chain. */
  contract: string;
  /** How many sites there are. */
  total: number;
  /** How many of them have a remark. */
  remarks: number;
  /** The one that the others wait for the longest, if that is worth a look; unknown: none. */
  laggard?: Laggard | null;
  /** How many come before these. */
  offset: number;
  /** In the order that was asked for. */
  sites: SiteStanding[];
}

export interface SwarmAddresses {
  /** URLs of the API of network nodes. */
  networkNodes: string[];
  /** Bootstrap servers; unknown until an organisation has announced them. */
  kafka?: string | null;
  /** Address of the smart contract. */
  trainingContracts: string;
  /** Address of the smart contract. */
  roundAnchors: string;
  /** Address of the smart contract. */
  swarmMembers: string;
  /** Block in which they were deployed. */
  startBlock: number;
  /** Address of the smart contract; none where an earlier version set the swarm up. */
  taskBoard?: string | null;
}

export interface TaskAgentInfo {
  /** Ethereum address. */
  account: string;
  /** Name of the member with that address: the UID of the agent. */
  member?: string | null;
  /** Sites that it can run; 0: it is registered no longer. */
  sites: number;
  /** The attempt that it has to enrol for, or has; 0: it is not called. */
  called: number;
  /** The attempt that it has enrolled for; 0: none. */
  attempt: number;
  /** Time of the block, ISO 8601. */
  enrolledAt?: string | null;
  /** Its sites, or itself; none before it has enrolled. */
  peers: TaskPeerInfo[];
}

export interface TaskBodyInfo {
  /** Of the task. */
  name: string;
  /** SHA-256 of the lines joined by line feeds; only once it is finalised. */
  bodyHash?: string | null;
  /** All lines. */
  lines: string[];
}

export interface TaskInfo {
  /** Unique in the swarm. */
  name: string;
  /** RUN_SWARM, MAKE_USER_CONTAINER, PULL_IMAGE, MAKE_SWARM_USER_CONTENT or ROOT_TASK. */
  type: string;
  /** Free text. */
  author: string;
  /** Name of a finalised task. */
  prerequisite: string;
  /** What it leaves, such as the name of an image. */
  outcome: string;
  /** Ethereum address of who created it. */
  account: string;
  /** Name of the member with that address. */
  member?: string | null;
  /** Whether it can be assigned, and never changes. */
  isFinalised: boolean;
  /** SHA-256 of the lines joined by line feeds; only once it is finalised. */
  bodyHash?: string | null;
  /** Number of lines of the body. */
  bodyLines: number;
  /** Time of the block, ISO 8601. */
  createdAt: string;
}

export interface TaskPeerInfo {
  /** Of the site in the profile of its agent, from 0. */
  index: number;
  /** Name of the member; empty before it was reported. */
  uid: string;
  /** WAITING, RUNNING, COMPLETE or ERROR. */
  state: string;
  /** For people. */
  description: string;
  /** When it was last reported, ISO 8601. */
  at: string;
}

export interface TaskrunnerInfo {
  /** Unique in the swarm. */
  name: string;
  /** IDLE, RUNNING, COMPLETE or ERROR. */
  state: string;
  /** Counts the assignments; none when it is IDLE, as are the next ones. */
  run?: number | null;
  /** Name of the task. */
  task?: string | null;
  /** Type of the task. */
  type?: string | null;
  /** Peers that have to complete. */
  required?: number | null;
  /** Whether all registered agents are called, not only targets. */
  isForAll?: boolean | null;
  /** Ethereum address of who assigned it. */
  assignedBy?: string | null;
  /** Time of the block, ISO 8601. */
  assignedAt?: string | null;
  /** Peers that take part. */
  enrolled: number;
  /** Peers that wait or run. */
  active: number;
  /** Peers that are done. */
  completed: number;
  /** Peers that have failed. */
  failed: number;
  /** When anything last changed, ISO 8601. */
  changedAt: string;
}

export interface TopologyInfo {
  /** What is down comes first, then what needs attention. */
  parts: PartInfo[];
  /** Which part talks to which. */
  links: PartLink[];
}

export interface TrainingProgress {
  /** Name of the training contract on the chain. */
  contract: string;
  /** Epochs that the site has done. */
  epochs: number;
  /** Epochs that the site wants to do; 0: it did not say. */
  totalEpochs: number;
  /** Training loss; unknown: the trainer did not say. */
  loss?: number | null;
  /** Metric; unknown: the trainer did not say. */
  metric?: number | null;
}

export interface VerificationInfo {
  /** Name of the training contract on the chain. */
  contract: string;
  /** none: none was asked for; running; done; failed: it could not be made. */
  state: string;
  /** The round that is verified; unknown: all. */
  round?: number | null;
  /** ISO 8601. */
  startedAt?: string | null;
  /** ISO 8601. */
  endedAt?: string | null;
  /** What is being done; unknown when it does not run. */
  progress?: string | null;
  /** proven, failed or not-replayable; unknown until it is done. */
  verdict?: string | null;
  /** Verdict for each round. */
  rounds: VerifiedRound[];
  /** What is wrong, but concerns none of the rounds. */
  findings: FindingInfo[];
  /** Why it could not be made, and the way out. */
  problem?: string | null;
}

export interface VerifiedRound {
  /** From 0. */
  round: number;
  /** proven: replayed, and record, model and anchor are the same bit for bit; failed: something is wrong; not-replayable: the log no longer holds enough. */
  verdict: string;
  /** Names of the sites that its record names. */
  participants: string[];
  /** Those that the log holds complete and unaltered. */
  contributions: number;
  /** What is wrong. */
  findings: FindingInfo[];
  /** Why it could not be replayed. */
  obstacle?: string | null;
}

export interface VersionInfo {
  /** Always Swarmstream. */
  product: string;
  /** Version of the product. */
  version: string;
  /** Version of this API. */
  api: number;
  /** The chain and its registry: eip155:chain id:hash of block 0:address of TrainingContracts. */
  network: string;
}
