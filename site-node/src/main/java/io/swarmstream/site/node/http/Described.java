package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.web.ApiOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Describes an endpoint: requests are routed by it, and the OpenAPI document is made from it.
 *
 * @param path with parameters in braces
 * @param body of a request; null: no body
 * @param status of the answer if all is well
 * @param answer body of the answer; null: no body
 * @param problems what may go wrong, besides what may at any endpoint
 * @param entry who may call it
 */
record Described(
    String method,
    String path,
    String operation,
    String summary,
    List<ApiOperation.Query> queries,
    @Nullable Content body,
    int status,
    @Nullable Content answer,
    List<ProblemCode> problems,
    Entry entry) {

  /** Who may call an endpoint. */
  enum Entry {
    /** Anybody on this machine; of others, whoever may view. */
    OPEN,
    /** Anybody: here a browser shows the token. */
    ENTRANCE,
    /** Whoever shows the token, or the cookie of a browser that may use the node's page. */
    VIEWER,
    /** The same, for a change: a browser's request has to come from the node's page. */
    OWNER,
    /** Whoever shows the token. */
    TRAINER
  }

  /**
   * A body.
   *
   * @param type record that describes the JSON; null: bytes
   * @param maxBytes greatest length of a body that is held in memory; 0: the body is read piece by
   *     piece
   */
  record Content(String mediaType, @Nullable Class<?> type, int maxBytes) {
    static final String JSON = "application/json";
    static final String FORM = "application/x-www-form-urlencoded";
    static final String SAFETENSORS = "application/octet-stream";
    private static final int MAX_BYTES = 1 << 20;

    static Content json(Class<?> type) {
      return new Content(JSON, type, MAX_BYTES);
    }

    static Content form() {
      return new Content(FORM, null, 4096);
    }

    static Content safetensors() {
      return new Content(SAFETENSORS, null, 0);
    }

    static Content of(String mediaType) {
      return new Content(mediaType, null, 0);
    }

    private static ApiOperation.@Nullable Body described(@Nullable Content content) {
      return content == null
          ? null
          : new ApiOperation.Body(content.mediaType(), content.type(), false);
    }

    /** The same body with another limit than 1 MiB. */
    Content upTo(int bytes) {
      return new Content(mediaType, type, bytes);
    }
  }

  static Described of(String method, String path, String operation, String summary) {
    return new Described(
        method, path, operation, summary, List.of(), null, 200, null, List.of(), Entry.TRAINER);
  }

  Described query(String name, Class<?> type, String description) {
    List<ApiOperation.Query> more = new ArrayList<>(queries);
    more.add(new ApiOperation.Query(name, type, description));
    return new Described(
        method, path, operation, summary, List.copyOf(more), body, status, answer, problems, entry);
  }

  Described takes(Content content) {
    return new Described(
        method, path, operation, summary, queries, content, status, answer, problems, entry);
  }

  Described gives(int okStatus, @Nullable Content content) {
    return new Described(
        method, path, operation, summary, queries, body, okStatus, content, problems, entry);
  }

  Described fails(ProblemCode... codes) {
    return new Described(
        method, path, operation, summary, queries, body, status, answer, List.of(codes), entry);
  }

  Described entry(Entry newEntry) {
    return new Described(
        method, path, operation, summary, queries, body, status, answer, problems, newEntry);
  }

  /** Whether it needs an open session, which is checked before the body is read. */
  boolean needsSession() {
    return problems.contains(ProblemCode.UNKNOWN_SESSION);
  }

  /** Whether it may wait for a round, for Kafka, for a body, or for the reader of a model. */
  boolean waits() {
    return entry == Entry.TRAINER || entry == Entry.OWNER;
  }

  /** What the OpenAPI document says of it. */
  ApiOperation operationOfApi() {
    return new ApiOperation(
        method,
        path,
        operation,
        summary,
        null,
        entry == Entry.OPEN || entry == Entry.ENTRANCE,
        Set.of("n"),
        queries,
        Content.described(body),
        status,
        Content.described(answer),
        problems.stream()
            .collect(
                Collectors.groupingBy(
                    code -> Integer.toString(code.status()),
                    TreeMap::new,
                    Collectors.mapping(ProblemCode::code, Collectors.joining(", ")))));
  }
}
