package io.swarmstream.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One operation of an API: requests are routed by it, and the OpenAPI document is made from it.
 *
 * @param method in capitals
 * @param path with parameters in braces
 * @param entry who may call it, in the server's own terms; its {@link Gate} decides
 * @param body record that describes the JSON of the request; null: no body, or one of {@code
 *     bodyMediaType}
 * @param answer record that describes the JSON of the answer; null: no body, or one of {@code
 *     answerMediaType}
 * @param isList whether the answer is a list of {@code answer}
 * @param maxBodyBytes greatest length of a request's body
 * @param isPage whether links on other sites may lead to it
 * @param <C> who calls
 */
public record ApiRoute<C>(
    String method,
    String path,
    String operation,
    String summary,
    String entry,
    List<ApiOperation.Query> queries,
    @Nullable Class<?> body,
    @Nullable String bodyMediaType,
    @Nullable Class<?> answer,
    @Nullable String answerMediaType,
    boolean isList,
    int maxBodyBytes,
    boolean isPage,
    Handler<C> handler) {
  private static final int MAX_BODY_BYTES = 256 << 10;

  /** Serves a call; what it returns becomes the answer's JSON unless it has answered itself. */
  @FunctionalInterface
  public interface Handler<C> {
    @Nullable Object handle(ApiCall<C> call) throws Exception;
  }

  /** A route that takes no body and gives none. */
  public static <C> ApiRoute<C> of(
      String method,
      String path,
      String operation,
      String summary,
      String entry,
      Handler<C> handler) {
    return new ApiRoute<>(
        method,
        path,
        operation,
        summary,
        entry,
        List.of(),
        null,
        null,
        null,
        null,
        false,
        MAX_BODY_BYTES,
        false,
        handler);
  }

  public ApiRoute<C> takes(Class<?> json) {
    return with(queries, json, "application/json", answer, answerMediaType, isList, maxBodyBytes);
  }

  /** Takes a body that is no record's JSON. */
  public ApiRoute<C> takes(String mediaType, int maxBytes) {
    return with(queries, null, mediaType, answer, answerMediaType, isList, maxBytes);
  }

  public ApiRoute<C> gives(Class<?> json) {
    return with(queries, body, bodyMediaType, json, "application/json", false, maxBodyBytes);
  }

  public ApiRoute<C> givesListOf(Class<?> json) {
    return with(queries, body, bodyMediaType, json, "application/json", true, maxBodyBytes);
  }

  /** Gives a body that is no record's JSON. */
  public ApiRoute<C> gives(String mediaType) {
    return with(queries, body, bodyMediaType, null, mediaType, false, maxBodyBytes);
  }

  /**
   * A file of a web page, which holds no data: a browser may follow a link to it from anywhere. No
   * other site may embed it or read it.
   */
  public static <C> ApiRoute<C> page(String path, String entry, Handler<C> handler) {
    return new ApiRoute<>(
        "GET", path, "", "", entry, List.of(), null, null, null, null, false, 0, true, handler);
  }

  public ApiRoute<C> query(String name, Class<?> type, String description) {
    List<ApiOperation.Query> more = new ArrayList<>(queries);
    more.add(new ApiOperation.Query(name, type, description));
    return with(
        List.copyOf(more), body, bodyMediaType, answer, answerMediaType, isList, maxBodyBytes);
  }

  private ApiRoute<C> with(
      List<ApiOperation.Query> newQueries,
      @Nullable Class<?> newBody,
      @Nullable String newBodyMediaType,
      @Nullable Class<?> newAnswer,
      @Nullable String newAnswerMediaType,
      boolean newIsList,
      int newMaxBodyBytes) {
    return new ApiRoute<>(
        method,
        path,
        operation,
        summary,
        entry,
        newQueries,
        newBody,
        newBodyMediaType,
        newAnswer,
        newAnswerMediaType,
        newIsList,
        newMaxBodyBytes,
        isPage,
        handler);
  }

  /** What the OpenAPI document says of it. */
  ApiOperation described() {
    return new ApiOperation(
        method,
        path,
        operation,
        summary,
        entry,
        false,
        Set.of(),
        queries,
        bodyMediaType == null ? null : new ApiOperation.Body(bodyMediaType, body, false),
        200,
        answerMediaType == null ? null : new ApiOperation.Body(answerMediaType, answer, isList),
        Map.of("default", "What is wrong and the way out."));
  }
}
