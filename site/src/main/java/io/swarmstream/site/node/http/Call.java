package io.swarmstream.site.node.http;

import io.swarmstream.site.node.ProblemCode;
import io.swarmstream.site.node.ProblemException;
import io.swarmstream.site.node.Session;
import io.swarmstream.site.node.SiteNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A request on its way to its endpoint. */
final class Call {
  private static final int MAX_JSON_BYTES = 32 << 20;

  /** Longer polls would outlive what stands between a trainer and its node. */
  private static final long MAX_WAIT_SECONDS = 60;

  private final SiteNode node;
  private final Map<String, String> path;
  private final Map<String, String> query;
  private final String mediaType;
  private final InputStream body;

  Call(
      SiteNode node,
      Map<String, String> path,
      Map<String, String> query,
      String mediaType,
      InputStream body) {
    this.node = node;
    this.path = path;
    this.query = query;
    this.mediaType = mediaType;
    this.body = body;
  }

  SiteNode node() {
    return node;
  }

  String path(String name) {
    return Optional.ofNullable(path.get(name)).orElseThrow();
  }

  /** The session that the address names. */
  Session session() {
    return node.session(path("id"));
  }

  /** The sync that the address names. */
  long sync() {
    return number("n", path("n"), Long::valueOf, "a whole number from 0 on", n -> n >= 0);
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  double real(String name, double otherwise) {
    return query(name)
        .map(text -> number(name, text, Double::valueOf, "a number", value -> true))
        .orElse(otherwise);
  }

  long whole(String name, long otherwise) {
    return query(name)
        .map(text -> number(name, text, Long::valueOf, "a whole number", value -> true))
        .orElse(otherwise);
  }

  boolean flag(String name, boolean otherwise) {
    return query(name)
        .map(
            text -> {
              if (!text.equals("true") && !text.equals("false")) {
                throw bad(name, text, "true or false");
              }
              return text.equals("true");
            })
        .orElse(otherwise);
  }

  /** How long a poll waits. */
  Duration wait(String name) {
    long seconds = whole(name, 0);
    if (seconds < 0 || seconds > MAX_WAIT_SECONDS) {
      throw bad(name, Long.toString(seconds), "0 to " + MAX_WAIT_SECONDS);
    }
    return Duration.ofSeconds(seconds);
  }

  private static <T> T number(
      String name,
      String text,
      Function<String, T> parse,
      String expected,
      Function<T, Boolean> ok) {
    try {
      T value = parse.apply(text);
      if (ok.apply(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw bad(name, text, expected);
    }
    throw bad(name, text, expected);
  }

  static ProblemException bad(String field, String actual, String expected) {
    return ProblemException.of(
            ProblemCode.BAD_VALUE, field + " is " + actual + "; it has to be " + expected)
        .in(field)
        .values(expected, actual);
  }

  <T> T json(Class<T> type) throws IOException {
    // A web page may send other types to localhost without being asked first.
    if (!mediaType.startsWith(Described.Content.JSON)) {
      throw ProblemException.of(
              ProblemCode.UNSUPPORTED_MEDIA_TYPE,
              "the body is "
                  + (mediaType.isEmpty() ? "of no type" : mediaType)
                  + "; send it as "
                  + Described.Content.JSON)
          .in("Content-Type")
          .values(Described.Content.JSON, mediaType);
    }
    byte[] bytes = body.readNBytes(MAX_JSON_BYTES + 1);
    if (bytes.length > MAX_JSON_BYTES) {
      throw ProblemException.of(
              ProblemCode.BAD_BODY, "the body has more than " + MAX_JSON_BYTES + " bytes")
          .in("body");
    }
    return Json.read(bytes, type);
  }

  InputStream body() {
    return body;
  }
}
