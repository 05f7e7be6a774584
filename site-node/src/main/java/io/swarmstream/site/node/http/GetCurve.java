package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;

/** Gives the curves of a session's training. */
final class GetCurve implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "GET",
            "/v1/sessions/{id}/curve",
            "curve",
            "Gives loss, metric and seconds of the training's rounds, as far as this node knows them.")
        .gives(200, Described.Content.json(CurveView.class))
        .fails(ProblemCode.UNKNOWN_SESSION)
        .entry(Described.Entry.VIEWER);
  }

  @Override
  public Answer answer(Call call) {
    return Answer.json(200, CurveView.of(call.session().rounds()));
  }
}
