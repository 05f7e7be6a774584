package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;

/** Says whether a training is over. */
final class GetFinal implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "GET",
            "/v1/sessions/{id}/final",
            "finalProgress",
            "Waits until the training is over, or for waitSeconds, and says whether it is.")
        .query("waitSeconds", Long.class, "Longest wait, 0 to 60. Default: 0.")
        .gives(200, Described.Content.json(FinalView.class))
        .fails(
            ProblemCode.BAD_VALUE,
            ProblemCode.UNKNOWN_SESSION,
            ProblemCode.UNKNOWN_SYNC,
            ProblemCode.ROUND_DEADLINE,
            ProblemCode.MIN_PEERS_NOT_REACHED);
  }

  @Override
  public Answer answer(Call call) throws Exception {
    return Answer.json(200, FinalView.of(call.session().ending(call.wait("waitSeconds"))));
  }
}
