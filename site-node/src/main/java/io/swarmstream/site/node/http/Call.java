package io.swarmstream.site.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.console.OwnersPages;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.site.node.session.Session;
import io.swarmstream.web.ApiJson;
import io.swarmstream.web.ApiProblem;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;

/** A request on its way to its endpoint. */
final class Call {
  /** Proxies between a trainer and its node would end longer polls. */
  private static final long MAX_WAIT_SECONDS = 60;

  private final SiteNode node;
  private final Door door;
  private final Request request;
  private final Map<String, String> path;
  private final Map<String, String> query;

  /** The body, if it is held in memory. */
  private byte[] held = {};

  Call(
      SiteNode node,
      Door door,
      Request request,
      Map<String, String> path,
      Map<String, String> query) {
    this.node = node;
    this.door = door;
    this.request = request;
    this.path = path;
    this.query = query;
  }

  /** Takes the body once it has been read. */
  void hold(byte[] body) {
    held = body;
  }

  Door door() {
    return door;
  }

  Request request() {
    return request;
  }

  SiteNode node() {
    return node;
  }

  String path(String name) {
    return Optional.ofNullable(path.get(name)).orElseThrow();
  }

  /** The session that the path names. */
  Session session() {
    return node.session(path("id"));
  }

  /** The sync that the path names. */
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
    return ProblemException.badValue(field, actual, expected);
  }

  /**
   * The body's JSON.
   *
   * @throws ProblemException naming the field that is wrong
   */
  <T> T json(Class<T> type) {
    try {
      return ApiJson.read(held, type);
    } catch (ApiProblem e) {
      ProblemCode code =
          e.code().equals(ProblemCode.BAD_BODY.code())
              ? ProblemCode.BAD_BODY
              : ProblemCode.BAD_VALUE;
      throw ProblemException.of(code, e.detail(), e).in(e.field());
    }
  }

  /**
   * The answer with a file of the node's page.
   *
   * @throws ProblemException when there is none of that name
   */
  Answer file(String name) {
    return OwnersPages.find(name, header("If-None-Match"), header("Accept-Encoding"))
        .map(Answer::page)
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemCode.NOT_FOUND, "the node's page has no file " + name + "; reload it"));
  }

  private Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** The fields of a form. */
  Fields form() {
    Fields fields = new Fields();
    UrlEncoded.decodeTo(new String(held, UTF_8), fields::add, UTF_8);
    return fields;
  }

  /** Length of the body as the request declares it; -1: unknown. */
  long contentLength() {
    return request.getLength();
  }

  /** The body, to be read piece by piece. */
  InputStream body() {
    return new PacedStream(Content.Source.asInputStream(request));
  }
}
