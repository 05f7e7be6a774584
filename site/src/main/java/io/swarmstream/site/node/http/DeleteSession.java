package io.swarmstream.site.node.http;

/** Leaves a training. */
final class DeleteSession implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "DELETE",
            "/v1/sessions/{id}",
            "closeSession",
            "Leaves the training: no round waits for the site any more. Also when there is no such session.")
        .gives(204, null);
  }

  @Override
  public Answer answer(Call call) throws Exception {
    call.node().close(call.path("id"));
    return Answer.empty(204);
  }
}
