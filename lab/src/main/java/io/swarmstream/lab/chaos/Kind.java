package io.swarmstream.lab.chaos;

/** The kind of process that is killed. */
enum Kind {
  TASKMANAGER("TaskManager"),
  /** The leader: killing the standby would cost nothing. */
  JOBMANAGER("JobManager"),
  SITE("site"),
  BROKER("broker"),
  CHAIN("chain");

  private final String label;

  Kind(String label) {
    this.label = label;
  }

  /** Whether rounds continue without it. */
  boolean isSpare() {
    return switch (this) {
      case TASKMANAGER, JOBMANAGER, CHAIN -> true;
      case SITE, BROKER -> false;
    };
  }

  String label() {
    return label;
  }
}
