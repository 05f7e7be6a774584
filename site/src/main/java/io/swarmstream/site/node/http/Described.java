package io.swarmstream.site.node.http;

import io.swarmstream.site.node.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint says of itself: it is found by this, and documented.
 *
 * @param path with parameters in braces
 * @param body what it takes; null: no body
 * @param status of its answer when all is well
 * @param answer what it gives; null: no body
 * @param problems what may go wrong, beside what may anywhere
 */
record Described(
    String method,
    String path,
    String operation,
    String summary,
    List<Query> queries,
    @Nullable Content body,
    int status,
    @Nullable Content answer,
    List<ProblemCode> problems) {

  /** A query parameter. */
  record Query(String name, Class<?> type, String description) {}

  /**
   * A body.
   *
   * @param type record that says what is in the JSON; null: bytes
   */
  record Content(String mediaType, @Nullable Class<?> type) {
    static final String JSON = "application/json";
    static final String SAFETENSORS = "application/octet-stream";

    static Content json(Class<?> type) {
      return new Content(JSON, type);
    }

    static Content safetensors() {
      return new Content(SAFETENSORS, null);
    }
  }

  static Described of(String method, String path, String operation, String summary) {
    return new Described(method, path, operation, summary, List.of(), null, 200, null, List.of());
  }

  Described query(String name, Class<?> type, String description) {
    List<Query> more = new ArrayList<>(queries);
    more.add(new Query(name, type, description));
    return new Described(
        method, path, operation, summary, List.copyOf(more), body, status, answer, problems);
  }

  Described takes(Content content) {
    return new Described(
        method, path, operation, summary, queries, content, status, answer, problems);
  }

  Described gives(int okStatus, @Nullable Content content) {
    return new Described(
        method, path, operation, summary, queries, body, okStatus, content, problems);
  }

  Described fails(ProblemCode... codes) {
    return new Described(
        method, path, operation, summary, queries, body, status, answer, List.of(codes));
  }
}
