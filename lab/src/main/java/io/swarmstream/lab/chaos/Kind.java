package io.swarmstream.lab.chaos;

/** What is killed. */
enum Kind {
  TASKMANAGER("TaskManager"),
  /** The one that leads: killing the other one would cost nothing. */
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
