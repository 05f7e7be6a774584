package io.swarmstream.tasks.policy;

/** Why something is forbidden. */
final class PolicyProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  PolicyProblem(String message) {
    super(message);
  }

  /** The reason. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
