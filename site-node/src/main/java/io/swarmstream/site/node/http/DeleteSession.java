package io.swarmstream.site.node.http;

/** Leaves a training. */
final class DeleteSession implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "DELETE",
            "/v1/sessions/{id}",
            "closeSession",
            "Leaves the training: no round waits for the site any more. Also when there is no such session. Answers 202 with"
                + " a reason in place of 204 when the session is closed but the swarm, which is away, could not be told.")
        .gives(204, null);
  }

  @Override
  public Answer answer(Call call) throws Exception {
    return call.node().close(call.path("id"))
        ? Answer.empty(204)
        : Answer.json(
            202,
            new StateView(
                "closed; Kafka could not be told that the site leaves, so that one round may wait for it"
                    + " for the grace period"));
  }
}
