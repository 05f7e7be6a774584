package io.swarmstream.web;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that is being served.
 *
 * @param caller who calls, as the server's {@link Gate} knows them
 * @param maxBodyBytes greatest length of its body
 * @param context for what the other methods do not offer, such as an answer of several pieces
 */
public record ApiCall<C>(C caller, Context context, int maxBodyBytes) {
  private static final int MOST_DISCARDED_BYTES = 8 << 20;
  private static final Duration POLITENESS = Duration.ofSeconds(3);

  /** All of a body has to be there by then; the longest has some hundred KiB. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The request's JSON. */
  public <T> T body(Class<T> type) {
    return ApiJson.read(bytes(), type);
  }

  /**
   * The body.
   *
   * @throws ApiProblem when it is longer than the route allows, or arrives too slowly
   */
  public byte[] bytes() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] piece = new byte[8192];
    try (InputStream in = context.req().getInputStream()) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        body.write(piece, 0, count);
        if (body.size() > maxBodyBytes) {
          discard(in);
          throw tooLarge(maxBodyBytes);
        }
        if (System.nanoTime() > end) {
          throw tooSlow("it took more than " + PATIENCE.toSeconds() + " s");
        }
      }
    } catch (IOException e) {
      throw tooSlow(String.valueOf(e.getMessage())).because(e);
    }
    return body.toByteArray();
  }

  /**
   * Reads on for a while. A server that closes a connection while the client sends resets it, and
   * the client never sees the answer that says why.
   */
  static void discard(InputStream body) throws IOException {
    long end = System.nanoTime() + POLITENESS.toNanos();
    byte[] piece = new byte[8192];
    long left = MOST_DISCARDED_BYTES;
    for (int count = 0; count >= 0 && left > 0 && System.nanoTime() < end; left -= count) {
      count = body.read(piece);
    }
  }

  static ApiProblem tooLarge(int maxBytes) {
    return ApiProblem.of(
        413, "too-large", "the body has more than " + maxBytes + " bytes; send a shorter one");
  }

  private static ApiProblem tooSlow(String why) {
    return ApiProblem.of(408, "too-slow", "the body did not arrive: " + why + "; send it again");
  }

  /** Adds a header to the answer. */
  public ApiCall<C> answerHeader(String name, String value) {
    var unused = context.header(name, value);
    return this;
  }

  /** Says another status than 200. */
  public ApiCall<C> status(int status) {
    var unused = context.status(status);
    return this;
  }

  /** Answers bytes of a type that the route does not declare. */
  public void answer(String mediaType, byte[] body) {
    var unused = context.contentType(mediaType).result(body);
  }

  /** A header of the request. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name));
  }

  /** Sends a browser to another page of this server, once the handler has returned. */
  public void seeOther(String path) {
    var unused = context.status(303).header("Location", path);
  }

  /** The whole path, with a slash at its end if the caller has sent one. */
  public String requestedPath() {
    return context.path();
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
