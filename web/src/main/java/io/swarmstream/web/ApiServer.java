package io.swarmstream.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTPS server that serves {@link ApiRoute}s to whoever its {@link Gate} admits. */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private static final int MAX_THREADS = 64;

  private final Javalin javalin;
  private final Place place;

  private ApiServer(Javalin javalin, Place place) {
    this.javalin = javalin;
    this.place = place;
  }

  /**
   * Starts a server.
   *
   * @param tls the server's key and whom it trusts; clients without a certificate reach the gate,
   *     clients with one that is not trusted end in the handshake
   * @throws IllegalStateException when the port is taken
   */
  public static <C> ApiServer start(
      Place place, SSLContext tls, Gate<C> gate, List<ApiRoute<C>> routes) {
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.jetty.threadPool = threads();
              config.jetty.addConnector(
                  (server, http) -> place.listen(server, new HttpConfiguration(http), tls, true));
              // Callers that watch events would keep a graceful stop waiting.
              config.jetty.modifyServer(server -> server.setStopTimeout(0));
              config.http.maxRequestSize =
                  routes.stream().mapToLong(ApiRoute::maxBodyBytes).max().orElse(0);
              config.http.generateEtags = false;
              serve(config, gate, routes);
            });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      javalin.stop();
      throw place.taken(e);
    }
    return new ApiServer(javalin, place);
  }

  /** {@code https://host:port}. */
  public URI uri() {
    return place.uri("https", javalin.port());
  }

  /** Ends within two seconds, whoever is connected. */
  @Override
  public void close() {
    try {
      javalin.stop();
    } catch (JavalinException e) {
      // Jetty reports connections that clients keep open; it has closed them.
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
    }
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4);
    threads.setName("api");
    threads.setDaemon(true);
    return threads;
  }

  private static <C> void serve(JavalinConfig config, Gate<C> gate, List<ApiRoute<C>> routes) {
    for (ApiRoute<C> route : routes) {
      config.routes.addHttpHandler(
          HandlerType.findOrCreate(route.method()),
          route.path(),
          context -> answer(context, gate, route));
    }
    config.routes.exception(ApiProblem.class, (e, context) -> refuse(context, e));
    config.routes.exception(
        HttpResponseException.class,
        (e, context) ->
            refuse(
                context,
                ApiProblem.of(
                    e.getStatus(), codeOf(e.getStatus()), String.valueOf(e.getMessage()))));
    config.routes.exception(
        Exception.class,
        (e, context) -> {
          LOG.error("{} {} failed", context.method(), context.path(), e);
          refuse(
              context,
              ApiProblem.of(
                  500, "internal", "the node has failed; its log has the reason: " + e.getClass()));
        });
    config.routes.error(
        404,
        context -> {
          if (context.result() == null || !isProblem(context)) {
            refuse(
                context,
                ApiProblem.of(404, "not-found", "there is nothing at " + context.path() + " here"));
          }
        });
  }

  private static <C> void answer(Context context, Gate<C> gate, ApiRoute<C> route)
      throws Exception {
    OwnPages.check(context);
    C caller = gate.admit(route, certificates(context));
    if (context.req().getContentLengthLong() > route.maxBodyBytes()) {
      throw ApiCall.tooLarge(route.maxBodyBytes());
    }
    @Nullable Object answer =
        route.handler().handle(new ApiCall<>(caller, context, route.maxBodyBytes()));
    context.header("Cache-Control", "no-store");
    if (answer instanceof byte[] bytes) {
      context.contentType(
          route.answerMediaType() == null ? "application/json" : route.answerMediaType());
      context.result(bytes);
    } else if (answer != null) {
      context.contentType("application/json");
      context.result(ApiJson.bytes(answer));
    }
  }

  private static List<X509Certificate> certificates(Context context) {
    Object found = context.req().getAttribute(CERTIFICATES);
    return found instanceof X509Certificate[] chain ? List.of(chain) : List.of();
  }

  private static void refuse(Context context, ApiProblem problem) {
    context.status(problem.status());
    context.contentType(ProblemView.MEDIA_TYPE);
    context.header("Cache-Control", "no-store");
    context.result(ApiJson.bytes(problem.view()));
  }

  private static boolean isProblem(Context context) {
    return ProblemView.MEDIA_TYPE.equals(context.res().getContentType());
  }

  private static String codeOf(int status) {
    return switch (status) {
      case 404 -> "not-found";
      case 405 -> "method-not-allowed";
      case 413 -> "too-large";
      default -> "refused";
    };
  }
}
