import { describe, expect, it } from "vitest";
import type { SessionState } from "../../main/page/own/site/api";
import { partName, sessionSentence, wayOut } from "../../main/page/own/site/words";

const NOW = Date.parse("2026-11-28T12:00:00Z");

const session = (changed: Partial<SessionState>): SessionState => ({
  session: "s", contract: "digits", trainer: "numpy", state: "ready", waitingFor: "the trainer, to send its weights", since: new Date(NOW - 14_000).toISOString(),
  missing: [], contributed: 0, minPeers: 2, round: 2, sent: { contributions: 0, bytes: 0 }, epochsDone: 0, epochsTotal: 0, ...changed,
});

describe("the state of a session", () => {
  it("says that the trainer trains", () => {
    expect(sessionSentence(session({}), NOW)).toBe("The trainer trains from the model of round 2; the node waits for its weights, for 14 s.");
    expect(sessionSentence(session({ round: -1 }), NOW)).toBe("Waits for the trainer to send its first weights, for 14 s.");
  });

  it("names whom a round waits for, how many are in and how many are needed", () => {
    const waiting = session({ state: "waiting", waitingFor: "the merged model of round 3", missing: ["hospital-b"], waitsFor: "hospital-b", contributed: 3, minPeers: 4 });
    expect(sessionSentence(waiting, NOW)).toBe("Waits for the merged model of round 3, for 14 s: 3 of 4 sites are in, 4 are needed; waiting for hospital-b.");
    expect(sessionSentence({ ...waiting, minPeers: 2, closesInSeconds: 20 }, NOW)).toContain("it closes within 20 s without them");
    expect(sessionSentence({ ...waiting, missing: [], waitsFor: "1 more site is needed: …" }, NOW)).toContain("3 sites are in, 4 are needed; 1 more site is needed");
  });

  it("says what failed, and what is over", () => {
    expect(sessionSentence(session({ state: "failed", waitingFor: "the trainer, to try again: it is late" }), NOW)).toContain("to try again: it is late");
    expect(sessionSentence(session({ state: "over" }), NOW)).toBe("The training is over.");
  });
});

describe("a part that is down", () => {
  it("has a name and a way out", () => {
    for (const name of ["chain", "kafka", "job"]) {
      const part = { name, state: "down", since: "" };
      expect(partName(part)).not.toBe(name);
      expect(wayOut(part)).toContain("Ask the member");
    }
    expect(wayOut({ name: "new", state: "down", since: "" })).toBe("");
  });
});
