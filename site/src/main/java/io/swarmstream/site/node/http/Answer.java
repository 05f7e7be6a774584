package io.swarmstream.site.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What is sent back.
 *
 * @param length of the body in bytes
 */
record Answer(int status, String mediaType, long length, Body body) {

  /** Writes itself when it is its turn. */
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static Answer of(int status, String mediaType, byte[] bytes) {
    return new Answer(status, mediaType, bytes.length, out -> out.write(bytes));
  }

  static Answer json(int status, Object value) {
    return of(status, Described.Content.JSON, Json.bytes(value));
  }

  static Answer html(String page) {
    return of(200, "text/html; charset=utf-8", page.getBytes(UTF_8));
  }

  static Answer empty(int status) {
    return new Answer(status, "", 0, out -> {});
  }
}
