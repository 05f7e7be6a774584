package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;

/** Gives the model of a merged sync. */
final class GetSyncModel implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "GET",
            "/v1/sessions/{id}/syncs/{n}/model",
            "syncModel",
            "The merged model as safetensors of F32, until the session's next sync.")
        .gives(200, Described.Content.safetensors())
        .fails(ProblemCode.UNKNOWN_SESSION, ProblemCode.UNKNOWN_SYNC, ProblemCode.NO_MODEL);
  }

  @Override
  public Answer answer(Call call) throws Exception {
    return ModelAnswer.of(call.session(), call.session().model(call.sync()).vector());
  }
}
