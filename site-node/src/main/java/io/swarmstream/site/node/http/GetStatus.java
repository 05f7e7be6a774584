package io.swarmstream.site.node.http;

/** Says what the node does, to programs. */
final class GetStatus implements Endpoint {
  @Override
  public Described describe() {
    return Described.of(
            "GET", "/status", "status", "Says what the node and its sessions do and wait for.")
        .gives(200, Described.Content.json(StatusView.class))
        .entry(Described.Entry.VIEWER);
  }

  @Override
  public Answer answer(Call call) {
    return Answer.json(200, StatusView.of(call.node()));
  }
}
