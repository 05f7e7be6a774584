package io.swarmstream.site.node.http;

/** Gives a file that the node's page consists of. */
final class GetPageFile implements Endpoint {
  private final String path;
  private final String operation;
  private final String folder;

  private GetPageFile(String path, String operation, String folder) {
    this.path = path;
    this.operation = operation;
    this.folder = folder;
  }

  /** The scripts and style sheets. */
  static GetPageFile asset() {
    return new GetPageFile("/assets/{file}", "pageAsset", "assets/");
  }

  /** The licences of what is in the page. */
  static GetPageFile licences() {
    return new GetPageFile("/licences.txt", "licences", "");
  }

  @Override
  public Described describe() {
    return Described.of("GET", path, operation, "A file of the node's page.")
        .gives(200, Described.Content.of("application/octet-stream"))
        .entry(Described.Entry.VIEWER);
  }

  @Override
  public Answer answer(Call call) {
    return call.file(folder.isEmpty() ? path.substring(1) : folder + call.path("file"));
  }
}
