package io.swarmstream.site.node.http;

import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one request. It refuses what it can before it reads the body. No thread waits while a body
 * that is held in memory, or the rest of a refused one, arrives.
 */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /** How long the rest of a refused body is read; weights are large. */
  private static final Duration LISTENING = Duration.ofSeconds(60);

  /** The same for a sender without the token. */
  private static final Duration STRANGER_LISTENING = Duration.ofSeconds(5);

  private static final long STRANGER_BYTES = 1 << 20;

  private final NodeHandler.Shared shared;
  private final Request request;
  private final Response response;
  private final Callback callback;
  private boolean admitted;

  Conversation(NodeHandler.Shared shared, Request request, Response response, Callback callback) {
    this.shared = shared;
    this.request = request;
    this.response = response;
    this.callback = callback;
  }

  /** Serves the request, in this thread or, once its body has arrived, in another one. */
  void begin() {
    try {
      shared.door().checkOrigin(request);
      Routes.Route route =
          shared.routes().find(request.getMethod(), Request.getPathInContext(request));
      if (!isLetIn(route.described())) {
        refuseStranger(route.described());
        return;
      }
      admitted = true;
      Call call =
          new Call(shared.node(), shared.door(), request, route.parameters(), query(request));
      if (route.parameters().containsKey("n")) {
        var unused = call.sync();
      }
      if (route.described().needsSession()) {
        var unused = call.session();
      }
      Described.Content body = route.described().body();
      if (body != null) {
        checkType(body);
      }
      route.endpoint().admit(call);
      if (body == null || body.maxBytes() == 0) {
        serve(route, call);
      } else {
        serveHeld(route, call, body.maxBytes());
      }
    } catch (Exception e) {
      refuse(problem(e));
    }
  }

  private boolean isLetIn(Described described) {
    return switch (described.entry()) {
      case ENTRANCE -> true;
      case OPEN ->
          !shared.door().isBeyond()
              || shared.door().hasToken(request)
              || shared.door().hasCookie(request);
      case VIEWER -> shared.door().hasToken(request) || shared.door().hasCookie(request);
      case OWNER -> shared.door().hasToken(request) || isOwnersPage();
      case TRAINER -> shared.door().hasToken(request);
    };
  }

  /**
   * A cookie alone does not change anything.
   *
   * @throws ProblemException when the node's page has not sent it
   */
  private boolean isOwnersPage() {
    if (!shared.door().hasCookie(request)) {
      return false;
    }
    if (!shared.door().isMarked(request)) {
      throw Door.unmarked();
    }
    return true;
  }

  /** Asks a person for the token, and tells a program about it. */
  private void refuseStranger(Described described) {
    String accepted = Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT)).orElse("");
    if (described.entry() == Described.Entry.VIEWER && accepted.contains("text/html")) {
      refuse(shared.door().login(401, ""));
    } else {
      refuse(shared.door().unauthorized());
    }
  }

  /**
   * Browsers let a foreign page send other media types to localhost without a preflight request.
   */
  private void checkType(Described.Content body) {
    String type = Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE)).orElse("");
    if (body.maxBytes() > 0 && !type.startsWith(body.mediaType())) {
      throw ProblemException.of(
              ProblemCode.UNSUPPORTED_MEDIA_TYPE,
              "the body's media type is "
                  + (type.isEmpty() ? "missing" : type)
                  + "; send "
                  + body.mediaType())
          .in("Content-Type")
          .values(body.mediaType(), type);
    }
  }

  private void serveHeld(Routes.Route route, Call call, int maxBytes) {
    long length = request.getLength();
    if (length > maxBytes) {
      throw HeldBody.tooLarge(maxBytes);
    }
    long taken = length < 0 ? maxBytes : length;
    shared.budget().take(taken);
    HeldBody.read(
        request,
        maxBytes,
        bytes -> {
          try {
            call.hold(bytes);
            serve(route, call);
          } catch (Exception e) {
            refuse(problem(e));
          } finally {
            call.hold(new byte[0]);
            shared.budget().give(taken);
          }
        },
        problem -> {
          shared.budget().give(taken);
          refuse(problem);
        });
  }

  private void serve(Routes.Route route, Call call) throws Exception {
    boolean waits = route.described().waits();
    if (waits && !shared.places().tryAcquire()) {
      throw BodyBudget.busy("it serves too many requests");
    }
    try {
      send(answer(route, call));
    } finally {
      if (waits) {
        shared.places().release();
      }
    }
  }

  private static Answer answer(Routes.Route route, Call call) throws Exception {
    try {
      return route.endpoint().answer(call);
    } catch (OutOfMemoryError e) {
      LOG.error("A request ran out of memory", e);
      throw BodyBudget.busy("it is out of memory");
    }
  }

  private void send(Answer answer) {
    head(answer);
    if (answer.status() == 204) {
      callback.succeeded();
      return;
    }
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      answer.body().writeTo(out);
    } catch (Exception e) {
      // Part of the answer is sent already, so that only closing the connection tells of the
      // failure.
      callback.failed(e);
      return;
    }
    callback.succeeded();
  }

  private void head(Answer answer) {
    response.setStatus(answer.status());
    if (answer.status() != 204) {
      if (!answer.mediaType().isEmpty()) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.mediaType());
      }
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.length());
    }
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Frame-Options", "DENY");
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
  }

  private void refuse(ProblemException problem) {
    refuse(Answer.problem(problem));
  }

  /** Answers after the rest of the body; no thread waits for it. */
  private void refuse(Answer answer) {
    new Remainder(
            request,
            admitted ? Long.MAX_VALUE : STRANGER_BYTES,
            admitted ? LISTENING : STRANGER_LISTENING,
            () -> write(answer))
        .run();
  }

  private void write(Answer answer) {
    head(answer);
    response.write(true, ByteBuffer.wrap(answer.bytes()), callback);
  }

  private ProblemException problem(Exception e) {
    String what = request.getMethod() + " " + request.getHttpURI().getPath();
    if (e instanceof ProblemException problem) {
      LOG.info("{}: {}", what, problem.detail());
      return problem;
    }
    LOG.error("{} failed", what, e);
    return ProblemException.of(ProblemCode.INTERNAL, e + "; see the node's log", e);
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> query = new HashMap<>();
    for (Fields.Field field : Request.extractQueryParameters(request)) {
      query.put(field.getName(), field.getValue());
    }
    return query;
  }
}
