import type { AgentStatus } from "./api";
import { counted } from "../../core/format";

/** What the agent does, in a sentence. */
export function agentSentence(agent: AgentStatus): string {
  if (agent.waiting) {
    return `Run ${agent.waiting.run}, task ${agent.waiting.task}, waits for your approval.`;
  }
  const run = agent.run;
  if (!run) {
    return "Nothing runs here. The agent waits for a task to be assigned.";
  }
  const peers = run.peers;
  const of = (state: string) => peers.filter((peer) => peer.state === state).length;
  const failed = of("ERROR");
  const done = of("COMPLETE");
  if (failed + done === peers.length) {
    return failed === 0
      ? `Run ${run.number}, task ${run.task}, is complete; the agent waits for the taskrunner to be reset or to get another task.`
      : `Run ${run.number}, task ${run.task}, has failed at ${failed} of ${counted(peers.length, "peer")}.`;
  }
  return `Run ${run.number}, task ${run.task}: ${counted(of("RUNNING"), "peer runs", "peers run")}${done > 0 ? `, ${done} done` : ""}${failed > 0 ? `, ${failed} failed` : ""}.`;
}

const LOGS: Record<string, string> = { trainer: "trainer", build: "build", site: "site’s node" };

/** What a log is called. */
export function logName(log: { site: string; name: string }, peers: number): string {
  const what = LOGS[log.name] ?? log.name;
  return peers > 1 || log.name === "site" ? `${what}, site ${log.site}` : what;
}

/** Browsers slow down with much text. */
const MOST = 200_000;

/** The text so far and a piece more; of a long log the end. */
export function appended(text: string, piece: string): string {
  const all = text + piece;
  if (all.length <= MOST) {
    return all;
  }
  const cut = all.slice(-MOST);
  return cut.slice(cut.indexOf("\n") + 1);
}
