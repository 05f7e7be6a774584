package io.swarmstream.site.node.http;

import io.swarmstream.console.OwnersPages;

/** Shows what the node does, to people: a page that asks {@link GetStatus} by itself. */
final class GetPage implements Endpoint {
  @Override
  public Described describe() {
    return Described.of("GET", "/", "page", "The node's page for its owner.")
        .gives(200, Described.Content.of("text/html"))
        .entry(Described.Entry.VIEWER);
  }

  @Override
  public Answer answer(Call call) {
    return call.file(OwnersPages.SITE);
  }
}
