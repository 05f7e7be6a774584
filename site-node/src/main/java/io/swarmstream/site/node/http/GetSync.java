package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;

/** Says how far a sync is. */
final class GetSync implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "GET",
            "/v1/sessions/{id}/syncs/{n}",
            "syncProgress",
            "Waits until a sync is merged or has failed, or for waitSeconds, and says how far it is. A failed sync may be"
                + " sent again.")
        .query("waitSeconds", Long.class, "Longest wait, 0 to 60. Default: 0.")
        .gives(200, Described.Content.json(SyncView.class))
        .fails(
            ProblemCode.BAD_VALUE,
            ProblemCode.UNKNOWN_SESSION,
            ProblemCode.UNKNOWN_SYNC,
            ProblemCode.REJECTED,
            ProblemCode.UNPROVEN,
            ProblemCode.SWARM_UNREACHABLE,
            ProblemCode.ROUND_DEADLINE,
            ProblemCode.MIN_PEERS_NOT_REACHED);
  }

  @Override
  public Answer answer(Call call) throws Exception {
    long n = call.sync();
    return Answer.json(200, SyncView.of(call.session().progress(n, call.wait("waitSeconds"))));
  }
}
