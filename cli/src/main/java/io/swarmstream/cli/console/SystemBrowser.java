package io.swarmstream.cli.console;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser that the system opens files with. */
final class SystemBrowser {
  private static final String FILE = "console-login.html";

  private SystemBrowser() {}

  /**
   * Opens a link that nobody else may see: all users of a machine see the arguments of its
   * programs, so the browser gets a file that only this user reads, and that leads to the link.
   *
   * @param folder where the file goes; it is of no use once the link was used
   * @return what has kept it from opening; empty: it was opened
   */
  static Optional<String> open(String link, Path folder) throws IOException {
    return open(link, folder, command(System.getProperty("os.name", "")));
  }

  static Optional<String> open(String link, Path folder, List<String> command) throws IOException {
    Path file = folder.resolve(FILE).toAbsolutePath();
    PrivateFiles.write(
        file,
        "<!doctype html><meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\">"
            + "<title>Swarmstream</title><meta http-equiv=\"refresh\" content=\"0; url="
            + link
            + "\">\n");
    try {
      Process browser =
          new ProcessBuilder(
                  Stream.concat(command.stream(), Stream.of(file.toUri().toString())).toList())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      browser.getOutputStream().close();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(command.get(0) + " cannot be started (" + e.getMessage() + ")");
    }
  }

  static List<String> command(String system) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.contains("win")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler");
    }
    return List.of(name.contains("mac") ? "open" : "xdg-open");
  }
}
