package io.swarmstream.site.node.http;

/** Gives the OpenAPI document of this interface. */
final class GetOpenApi implements Endpoint {
  @Override
  public Described describe() {
    return Described.of("GET", "/openapi.json", "openapi", "This document.")
        .gives(200, Described.Content.of(Described.Content.JSON))
        .entry(Described.Entry.VIEWER);
  }

  @Override
  public Answer answer(Call call) {
    return Answer.json(200, OpenApi.document());
  }
}
