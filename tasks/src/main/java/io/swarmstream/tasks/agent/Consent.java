package io.swarmstream.tasks.agent;

import io.swarmstream.tasks.policy.PolicyRequest;
import io.swarmstream.tasks.policy.PolicyVerdict;
import io.swarmstream.tasks.policy.PolicyVerdict.Decision;
import io.swarmstream.tasks.policy.RunPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a run may begin: by the policy of the host, by what the agent was started with, and by
 * what the owner has answered since.
 */
public final class Consent {
  private final OwnersDesk desk;
  private final RunPolicy policy;
  private final Set<String> accepted;
  private final boolean isForAll;

  /** Reasons of a decision, for people. */
  record Ruling(Decision decision, String reason) {}

  /**
   * A consent.
   *
   * @param accepted names of members whose tasks run without asking, whom the policy need not list
   * @param isForAll whether nobody is asked; what the policy forbids stays forbidden
   */
  public Consent(OwnersDesk desk, RunPolicy policy, Set<String> accepted, boolean isForAll) {
    this.desk = desk;
    this.policy = policy;
    this.accepted = Set.copyOf(accepted);
    this.isForAll = isForAll;
  }

  OwnersDesk desk() {
    return desk;
  }

  /** How the agent was started, for people. */
  public String says() {
    if (isForAll) {
      return "It runs the tasks of ALL authors without asking (--accept-all).";
    }
    return accepted.isEmpty()
        ? "It asks its owner before it runs a task that the policy does not allow."
        : "It runs tasks of "
            + String.join(", ", accepted)
            + " without asking (--accept-author), and asks for others.";
  }

  /** What the policy says now, such as which paths are to be mounted. */
  PolicyVerdict judge(PolicyRequest request) {
    return policy.judge(request);
  }

  /**
   * Decides.
   *
   * @param requests of the run, one for each site
   */
  Ruling rule(JournaledRun run, List<PolicyRequest> requests) throws IOException {
    Set<String> yes = new LinkedHashSet<>(accepted);
    boolean isRefused = false;
    for (PolicyRequest request : requests) {
      for (String author : request.authors()) {
        Optional<Boolean> answer = desk.ofAuthor(author);
        isRefused |= !answer.orElse(true);
        if (answer.orElse(false)) {
          yes.add(author);
        }
      }
    }
    RunPolicy now = policy.accepting(yes);
    List<String> asked = new ArrayList<>();
    for (PolicyRequest request : requests) {
      PolicyVerdict verdict = (isForAll ? now.acceptingAll() : now).judge(request);
      if (verdict.decision() == Decision.FORBIDDEN) {
        return new Ruling(Decision.FORBIDDEN, "the host's policy forbids it: " + verdict.reason());
      }
      if (verdict.decision() == Decision.ASK) {
        asked.add(verdict.reason());
      }
    }
    Optional<Boolean> answer = desk.ofRun(run.taskrunner(), run.run());
    if (answer.isEmpty()) {
      answer = desk.ofTask(run.task());
    }
    if (!answer.orElse(!isRefused)) {
      return new Ruling(Decision.FORBIDDEN, "the owner of this host has denied it");
    }
    return asked.isEmpty() || answer.isPresent()
        ? new Ruling(Decision.ALLOWED, "")
        : new Ruling(Decision.ASK, String.join("; ", new LinkedHashSet<>(asked)));
  }
}
