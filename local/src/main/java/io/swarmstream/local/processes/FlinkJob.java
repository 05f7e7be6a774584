package io.swarmstream.local.processes;

/**
 * A job as Flink reports it.
 *
 * @param state as Flink names it: RUNNING, RESTARTING and so on
 * @param tasksRunning subtasks that run
 * @param tasks number of all subtasks
 * @param stateSinceMs since when it is in that state, Unix milliseconds
 * @param startedAtMs Unix milliseconds; of this JobManager's attempt
 * @param restored how often this JobManager has restored it from a checkpoint
 * @param checkpoints completed ones that this JobManager knows of
 * @param checkpointAtMs when the newest one was complete, Unix milliseconds; 0: none
 * @param checkpointBytes state in it
 */
public record FlinkJob(
    String id,
    String state,
    int tasksRunning,
    int tasks,
    long stateSinceMs,
    long startedAtMs,
    int restored,
    long checkpoints,
    long checkpointAtMs,
    long checkpointBytes) {

  /** Whether all of it runs. */
  public boolean isRunning() {
    return state.equals("RUNNING") && tasks > 0 && tasksRunning == tasks;
  }
}
