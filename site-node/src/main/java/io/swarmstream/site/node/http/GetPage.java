package io.swarmstream.site.node.http;

/** Shows what the node does, to people. */
final class GetPage implements Endpoint {
  @Override
  public Described describe() {
    return Described.of("GET", "/", "page", "The status as a page for people.")
        .gives(200, Described.Content.of("text/html"))
        .entry(Described.Entry.VIEWER);
  }

  @Override
  public Answer answer(Call call) {
    return Answer.html(200, StatusPage.of(StatusView.of(call.node())));
  }
}
