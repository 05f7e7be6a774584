package io.swarmstream.tasks.content;

import io.swarmstream.tasks.run.RunFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Fetches a file by http, https, or from this host. */
public final class Download {
  private static final Duration CONNECT = Duration.ofSeconds(30);
  private static final int OK = 200;

  private Download() {}

  /**
   * Fetches a file.
   *
   * @param out name in the writer's folder; with a slash at its end a folder
   */
  public static void fetch(String from, String out, FolderWriter writer, WorkDeadline deadline)
      throws IOException {
    URI uri = uri(from);
    String name = out.isEmpty() || out.endsWith("/") ? out + lastPart(uri) : out;
    String scheme = String.valueOf(uri.getScheme());
    switch (scheme) {
      case "file" -> {
        Path file = Path.of(uri.getPath());
        if (!Files.isRegularFile(file)) {
          throw new RunFailure(from + " is no file of this host");
        }
        try (InputStream stream = Files.newInputStream(file)) {
          writer.write(name, stream);
        }
      }
      case "http", "https" -> byHttp(uri, name, writer, deadline);
      default ->
          throw new RunFailure(from + " has no scheme that is known; expected http, https or file");
    }
  }

  private static URI uri(String from) {
    try {
      return URI.create(from.strip());
    } catch (IllegalArgumentException e) {
      throw new RunFailure("'" + from + "' is no URI", e);
    }
  }

  private static String lastPart(URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.isEmpty()) {
      throw new RunFailure(uri + " does not say what the file is called; give the option Out");
    }
    return name;
  }

  private static void byHttp(URI uri, String name, FolderWriter writer, WorkDeadline deadline)
      throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL) // never from https to http
            .build();
    deadline.check();
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(deadline.left()).GET().build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != OK) {
          throw new RunFailure(uri + " answered with status " + response.statusCode());
        }
        try (InterruptedRead read = new InterruptedRead(body, deadline)) {
          writer.write(name, read);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailure("download of " + uri + " was interrupted", e);
    } catch (IOException e) {
      deadline.check();
      throw new RunFailure("download of " + uri + " failed: " + e, e);
    }
  }
}
