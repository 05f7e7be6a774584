import type { PartState, SessionState } from "./api";
import { counted, millis, wait } from "../../core/format";

/** What the node says of a round whose sites are all in. */
const MERGE = "the merge";

/** What a session does, whom it waits for, and since when. */
export function sessionSentence(session: SessionState, now: number): string {
  const since = millis(session.since);
  const waited = since === null ? "" : ` for ${wait(Math.max(0, now - since))}`;
  switch (session.state) {
    case "ready":
      return session.round < 0
        ? `Waits for the trainer to send its first weights,${waited}.`
        : `The trainer trains from the model of round ${session.round}; the node waits for its weights,${waited}.`;
    case "sending":
      return `Sends the contribution to Kafka,${waited}.`;
    case "waiting":
      return `Waits for ${session.waitingFor},${waited}: ${sites(session)}.`;
    case "finished":
      return `The trainer has finished. The node contributes for it until the other sites have, too; it waits${waited}: ${sites(session)}.`;
    case "failed":
      return `The newest sync has failed. The node waits for ${session.waitingFor}`;
    case "over":
      return "The training is over.";
    default:
      return `${session.state}: waits for ${session.waitingFor},${waited}.`;
  }
}

/** How many sites are in the open round, and who is missing. */
export function sites(session: SessionState): string {
  const all = session.contributed + session.missing.length;
  const there = session.missing.length > 0 ? `${session.contributed} of ${counted(all, "site")} are in` : `${counted(session.contributed, "site is", "sites are")} in`;
  const needed = `${there}, ${session.minPeers} ${session.minPeers === 1 ? "is" : "are"} needed`;
  // Without a site that is missing it is a sentence: how many more are needed, or who is away.
  const isNamed = session.missing.length > 0 || session.waitsFor === MERGE;
  const whom = session.waitsFor ? `; ${isNamed ? "waiting for " : ""}${session.waitsFor}` : "";
  const closes = session.closesInSeconds;
  return needed + whom + (closes !== null && closes !== undefined && session.missing.length > 0 ? `; it closes within ${closes} s without them` : "");
}

const PARTS: Record<string, { name: string; wayOut: string }> = {
  chain: {
    name: "The chain",
    wayOut: "Rounds go on, and are compared with the chain when it is back. No new training can begin. Ask the member whose network node this site uses, or look whether this machine reaches it.",
  },
  kafka: {
    name: "Kafka",
    wayOut: "Nothing can be sent or received. Trainers wait, and the node goes on by itself when Kafka is back. Ask the member that runs it, or look whether this machine reaches it.",
  },
  job: {
    name: "The job",
    wayOut: "No round is merged until it is back; contributions stay in Kafka, so nothing is lost. Ask the member that runs it to start it again.",
  },
};

export function partName(part: PartState): string {
  return PARTS[part.name]?.name ?? part.name;
}

export function wayOut(part: PartState): string {
  return PARTS[part.name]?.wayOut ?? "";
}
