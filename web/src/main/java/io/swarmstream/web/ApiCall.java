package io.swarmstream.web;

import io.javalin.http.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that is being served.
 *
 * @param caller who calls, as the server's {@link Gate} knows them
 * @param context for what the other methods do not offer, such as an answer of several pieces
 */
public record ApiCall<C>(C caller, Context context) {
  /** The request's JSON. */
  public <T> T body(Class<T> type) {
    return ApiJson.read(bytes(), type);
  }

  public byte[] bytes() {
    return context.bodyAsBytes();
  }

  /** A part of the path. */
  public String path(String name) {
    return context.pathParam(name);
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isBlank());
  }

  /**
   * A whole number of the query.
   *
   * @throws ApiProblem when it is no number between the bounds
   */
  public long query(String name, long defaultValue, long min, long max) {
    @Nullable String text = context.queryParam(name);
    if (text == null || text.isBlank()) {
      return defaultValue;
    }
    try {
      long value = Long.parseLong(text.strip());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw ApiProblem.badValue(
        name, name + " is " + text + "; it has to be a whole number from " + min + " to " + max);
  }
}
