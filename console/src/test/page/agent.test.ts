import { describe, expect, it } from "vitest";
import type { AgentStatus, PeerView } from "../../main/page/own/agent/api";
import { agentSentence, appended, logName } from "../../main/page/own/agent/words";

const agent = (changed: Partial<AgentStatus> = {}): AgentStatus => ({
  member: "host-1", taskrunner: "defaulttaskbb", consent: "", runsAs: "", version: "1", past: [], answers: [], ...changed,
});
const run = (...states: string[]) => ({
  number: "3", task: "run_digits", type: "RUN_SWARM", logs: [], peers: states.map((state, index): PeerView => ({ index, uid: `s${index}`, state, description: "" })),
});

describe("what an agent does", () => {
  it("is a sentence", () => {
    expect(agentSentence(agent())).toContain("Nothing runs here");
    expect(agentSentence(agent({ run: run("RUNNING", "RUNNING") }))).toBe("Run 3, task run_digits: 2 peers run.");
    expect(agentSentence(agent({ run: run("RUNNING", "ERROR") }))).toBe("Run 3, task run_digits: 1 peer runs, 1 failed.");
    expect(agentSentence(agent({ run: run("COMPLETE", "COMPLETE") }))).toContain("is complete");
    expect(agentSentence(agent({ run: run("COMPLETE", "ERROR") }))).toBe("Run 3, task run_digits, has failed at 1 of 2 peers.");
    const waiting = { run: 4, task: "t", type: "RUN_SWARM", authors: [], since: "", reason: "", body: [] };
    expect(agentSentence(agent({ waiting, run: run("WAITING") }))).toBe("Run 4, task t, waits for your approval.");
  });
});

describe("a log", () => {
  it("has a name", () => {
    expect(logName({ site: "0", name: "build" }, 1)).toBe("build");
    expect(logName({ site: "1", name: "site" }, 2)).toBe("site’s node, site 1");
  });

  it("keeps its end when it is long", () => {
    const line = "x".repeat(999) + "\n";
    const text = appended(line.repeat(200), "last");
    expect(text.length).toBeLessThanOrEqual(200_000);
    expect(text.startsWith("x")).toBe(true);
    expect(text.endsWith("last")).toBe(true);
  });
});
