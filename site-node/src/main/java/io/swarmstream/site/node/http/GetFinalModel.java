package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;

/** Gives the final model of a training. */
final class GetFinalModel implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "GET",
            "/v1/sessions/{id}/final/model",
            "finalModel",
            "The newest merged model, the final one once the training is over, as safetensors of F32.")
        .gives(200, Described.Content.safetensors())
        .fails(ProblemCode.UNKNOWN_SESSION, ProblemCode.NO_MODEL);
  }

  @Override
  public Answer answer(Call call) {
    return ModelAnswer.of(call.session(), call.session().model().vector());
  }
}
