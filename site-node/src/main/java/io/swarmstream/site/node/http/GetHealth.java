package io.swarmstream.site.node.http;

/** Says that the node is running. */
final class GetHealth implements Endpoint {
  @Override
  public Described describe() {
    return Described.of("GET", "/healthz", "health", "Says that the node is running.")
        .gives(200, Described.Content.json(UpView.class))
        .entry(Described.Entry.OPEN);
  }

  @Override
  public Answer answer(Call call) {
    return Answer.json(200, new UpView("up"));
  }
}
