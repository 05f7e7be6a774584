package io.swarmstream.cli.chaos;

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

  String label() {
    return label;
  }
}
