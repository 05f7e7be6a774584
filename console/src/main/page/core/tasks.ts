/** What the states of runs and peers are shown as. */
export const TASK_STATES: Record<string, { state: string; text: string }> = {
  IDLE: { state: "unknown", text: "idle" },
  WAITING: { state: "warn", text: "waits" },
  RUNNING: { state: "ok", text: "runs" },
  COMPLETE: { state: "ok", text: "complete" },
  ERROR: { state: "down", text: "failed" },
};
