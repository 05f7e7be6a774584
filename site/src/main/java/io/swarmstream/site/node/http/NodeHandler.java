package io.swarmstream.site.node.http;

import io.swarmstream.site.node.ProblemCode;
import io.swarmstream.site.node.ProblemException;
import io.swarmstream.site.node.SiteNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between Jetty and the endpoints: blocking streams both ways, problems as answers. */
final class NodeHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(NodeHandler.class);

  /** A web page can make its own name mean 127.0.0.1, but not an address. */
  private static final Pattern NUMERIC_OR_LOCAL =
      Pattern.compile("localhost|[0-9.]+|\\[?[0-9a-fA-F:.]+]?");

  /** Longest time that the body of a refused request is listened to. */
  private static final Duration DRAIN = Duration.ofSeconds(60);

  private final SiteNode node;
  private final Routes routes;

  NodeHandler(SiteNode node, Routes routes) {
    this.node = node;
    this.routes = routes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Answer answer;
    try {
      answer = answer(request);
    } catch (Exception e) {
      ProblemException problem = problem(request, e);
      drain(request);
      answer =
          Answer.of(
              problem.code().status(), ProblemView.MEDIA_TYPE, Json.bytes(ProblemView.of(problem)));
    }
    send(answer, response);
    callback.succeeded();
    return true;
  }

  private Answer answer(Request request) throws Exception {
    String host = Request.getServerName(request);
    if (!NUMERIC_OR_LOCAL.matcher(host).matches() && isLoopback()) {
      throw ProblemException.of(
              ProblemCode.BAD_VALUE,
              "Host is " + host + "; call this node localhost, or by its address")
          .in("Host");
    }
    Routes.Route route = routes.find(request.getMethod(), Request.getPathInContext(request));
    return route
        .endpoint()
        .answer(
            new Call(
                node,
                route.parameters(),
                query(request),
                Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE)).orElse(""),
                Content.Source.asInputStream(request)));
  }

  /**
   * Reads what is left of the body: a trainer in the middle of sending it would see a broken
   * connection instead of the answer.
   */
  private static void drain(Request request) {
    byte[] piece = new byte[65_536];
    long end = System.nanoTime() + DRAIN.toNanos();
    try (InputStream rest = Content.Source.asInputStream(request)) {
      while (System.nanoTime() < end && rest.read(piece) >= 0) {
        // Thrown away.
      }
    } catch (IOException e) {
      LOG.debug("The body of a refused request was cut off", e);
    }
  }

  private boolean isLoopback() {
    String host = getServer().getURI().getHost();
    return host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]");
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> query = new HashMap<>();
    for (Fields.Field field : Request.extractQueryParameters(request)) {
      query.put(field.getName(), field.getValue());
    }
    return query;
  }

  private static ProblemException problem(Request request, Exception e) {
    if (e instanceof ProblemException problem) {
      LOG.info("{} {}: {}", request.getMethod(), request.getHttpURI().getPath(), problem.detail());
      return problem;
    }
    LOG.error("{} {} has failed", request.getMethod(), request.getHttpURI().getPath(), e);
    return ProblemException.of(ProblemCode.INTERNAL, e + "; the node's log has the whole story", e);
  }

  private static void send(Answer answer, Response response) throws Exception {
    response.setStatus(answer.status());
    if (answer.status() == 204) {
      return;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.mediaType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.length());
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      answer.body().writeTo(out);
    }
  }
}
