package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;

/** Gives the newest merged model that the session has. */
final class GetModel implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "GET",
            "/v1/sessions/{id}/model",
            "model",
            "The newest merged model that the session has, as safetensors of F32.")
        .gives(200, Described.Content.safetensors())
        .fails(ProblemCode.UNKNOWN_SESSION, ProblemCode.NO_MODEL);
  }

  @Override
  public Answer answer(Call call) {
    return ModelAnswer.of(call.session(), call.session().model().vector());
  }
}
