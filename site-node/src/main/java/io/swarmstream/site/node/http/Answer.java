package io.swarmstream.site.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.console.PageAnswer;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import io.swarmstream.web.ApiJson;
import io.swarmstream.web.ProblemView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param length of the body in bytes
 * @param headers besides those of the body
 */
record Answer(int status, String mediaType, long length, Body body, Map<String, String> headers) {

  /** A body that writes itself. */
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static Answer of(int status, String mediaType, byte[] bytes) {
    return new Answer(status, mediaType, bytes.length, out -> out.write(bytes), Map.of());
  }

  static Answer json(int status, Object value) {
    return of(status, Described.Content.JSON, ApiJson.bytes(value));
  }

  static Answer html(int status, String page) {
    return of(status, "text/html; charset=utf-8", page.getBytes(UTF_8));
  }

  static Answer page(PageAnswer page) {
    return of(page.status(), page.mediaType(), page.body()).withHeaders(page.headers());
  }

  /** Redirects to another path and sets a cookie. */
  static Answer redirect(String place, String cookie) {
    return new Answer(303, "", 0, out -> {}, Map.of("Location", place, "Set-Cookie", cookie));
  }

  /** The same answer with more headers. */
  Answer withHeaders(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    return new Answer(status, mediaType, length, body, Map.copyOf(all));
  }

  static Answer problem(ProblemException problem) {
    ProblemCode code = problem.code();
    ProblemView view =
        ProblemView.of(code.code(), code.title(), code.status(), problem.detail(), problem.field())
            .values(problem.expected(), problem.actual());
    return of(code.status(), ProblemView.MEDIA_TYPE, ApiJson.bytes(view));
  }

  static Answer empty(int status) {
    return new Answer(status, "", 0, out -> {}, Map.of());
  }

  /** The whole body; for small ones. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      body.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
