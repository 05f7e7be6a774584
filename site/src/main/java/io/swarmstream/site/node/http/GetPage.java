package io.swarmstream.site.node.http;

/** What the node does, for people. */
final class GetPage implements Endpoint {
  @Override
  public Described describe() {
    return Described.of("GET", "/", "page", "The status as a page for people.")
        .gives(200, new Described.Content("text/html", null));
  }

  @Override
  public Answer answer(Call call) {
    return Answer.html(StatusPage.of(StatusView.of(call.node())));
  }
}
