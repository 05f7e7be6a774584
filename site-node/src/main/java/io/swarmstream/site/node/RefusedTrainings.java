package io.swarmstream.site.node;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.session.SessionRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers why trainers could not begin, the newest reason of each contract, until a session of it
 * is open. Safe for use by several threads.
 */
final class RefusedTrainings {
  private static final int MOST = 20;

  private final Map<String, RefusedTraining> byContract = new LinkedHashMap<>();

  /** The newest first. */
  synchronized List<RefusedTraining> all() {
    List<RefusedTraining> all = new ArrayList<>(byContract.values());
    Collections.reverse(all);
    return all;
  }

  synchronized void add(SessionRequest request, ProblemException problem) {
    byContract.remove(request.contract());
    // The owner is told of those in other words.
    if (problem.code() == ProblemCode.NOT_APPROVED) {
      return;
    }
    byContract.put(
        request.contract(),
        new RefusedTraining(
            request.contract(),
            request.trainer(),
            problem.code().code(),
            problem.detail(),
            Instant.now()));
    if (byContract.size() > MOST) {
      byContract.remove(byContract.keySet().iterator().next());
    }
  }

  synchronized void remove(SessionRequest request) {
    byContract.remove(request.contract());
  }
}
