package io.swarmstream.tasks.policy;

import io.swarmstream.tasks.run.RunLimits;
import io.swarmstream.tasks.run.TrainerMount;
import java.util.List;

/**
 * What a policy says of a request.
 *
 * @param reasons each names the rule and what broke it; none when it is allowed
 * @param mounts those of the request, in its order, with real paths and without links; these, and
 *     no others, are to be mounted. Empty when it is forbidden
 * @param limits of each trainer
 */
public record PolicyVerdict(
    Decision decision, List<String> reasons, List<TrainerMount> mounts, RunLimits limits) {
  /** What may happen. */
  public enum Decision {
    ALLOWED,
    /** It waits for the owner's yes. */
    ASK,
    /** The owner's yes does not help: the policy's file has to be changed. */
    FORBIDDEN
  }

  /** Copies the lists. */
  public PolicyVerdict {
    reasons = List.copyOf(reasons);
    mounts = List.copyOf(mounts);
  }

  /** The reasons as one sentence. */
  public String reason() {
    return String.join("; ", reasons);
  }
}
