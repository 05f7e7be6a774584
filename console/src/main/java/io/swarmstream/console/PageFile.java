package io.swarmstream.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A file of the pages.
 *
 * @param name path below the pages' folder
 * @param compressed the same by gzip
 * @param tag quoted, as in the header ETag; of the content
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PageFile(String name, byte[] content, byte[] compressed, String tag) {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "css", "text/css;charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "txt", "text/plain;charset=utf-8",
          "json", "application/json",
          "webmanifest", "application/manifest+json");

  /** All files that the build has listed in a folder beside this class. */
  static List<PageFile> listed(String folder) {
    return new String(bytes(folder + "/files.txt"), StandardCharsets.UTF_8)
        .lines()
        .map(name -> read(folder, name))
        .toList();
  }

  private static PageFile read(String folder, String name) {
    byte[] content = bytes(folder + "/" + name);
    return new PageFile(name, content, bytes(folder + "/" + name + ".gz"), tagOf(content));
  }

  private static String tagOf(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static byte[] bytes(String name) {
    try (InputStream in = PageFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the console's page " + name + " is missing; build the module console again");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String mediaType() {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  /** Whether its name changes with its content, as the build names what is in this folder. */
  boolean isForever() {
    return name.startsWith("assets/");
  }

  /**
   * The answer to a request for it.
   *
   * @param known header {@code If-None-Match}
   * @param accepted header {@code Accept-Encoding}
   */
  PageAnswer answer(Optional<String> known, Optional<String> accepted) {
    Map<String, String> headers = new HashMap<>(PagePolicy.HEADERS);
    headers.put("ETag", tag);
    headers.put("Vary", "Accept-Encoding");
    headers.put("Cache-Control", isForever() ? "public, max-age=31536000, immutable" : "no-cache");
    if (known.filter(tags -> tags.contains(tag)).isPresent()) {
      return new PageAnswer(304, mediaType(), new byte[0], headers);
    }
    if (accepted.filter(it -> it.contains("gzip")).isPresent()) {
      headers.put("Content-Encoding", "gzip");
      return new PageAnswer(200, mediaType(), compressed, headers);
    }
    return new PageAnswer(200, mediaType(), content, headers);
  }

  boolean isStart() {
    return name.equals("index.html");
  }
}
