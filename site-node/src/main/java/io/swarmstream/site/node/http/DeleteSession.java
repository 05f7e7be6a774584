package io.swarmstream.site.node.http;

/** Leaves a training. */
final class DeleteSession implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "DELETE",
            "/v1/sessions/{id}",
            "closeSession",
            "Leaves the training: no round waits for the site any more. Succeeds if there is no such session. Answers 202 with"
                + " a reason instead of 204 if the session is closed but the swarm is down and could not be told.")
        .gives(204, null);
  }

  @Override
  public Answer answer(Call call) throws Exception {
    return call.node().close(call.path("id"))
        ? Answer.empty(204)
        : Answer.json(
            202,
            new StateView(
                "closed; Kafka did not answer, so one round may wait for the site for the grace period"));
  }
}
