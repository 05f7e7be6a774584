package io.swarmstream.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of {@link ApiRoute}s: by HTTPS for whoever its {@link Gate} admits, or by HTTP for the
 * user of this machine alone.
 */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final int MAX_THREADS = 64;

  private final Javalin javalin;
  private final Way way;

  private ApiServer(Javalin javalin, Way way) {
    this.javalin = javalin;
    this.way = way;
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
    return start(place, tls, gate, routes, refusal -> {});
  }

  /**
   * Starts a server.
   *
   * @param refusals is told of each request to a route that was refused; must not wait
   */
  public static <C> ApiServer start(
      Place place,
      SSLContext tls,
      Gate<C> gate,
      List<ApiRoute<C>> routes,
      Consumer<ApiRefusal> refusals) {
    return launch(
        Way.secure(place, tls),
        (context, route) -> {
          OwnPages.check(context, "https", route.isPage());
          return gate.admit(route, credentials(context, SessionCookie.OVER_TLS));
        },
        routes,
        refusals);
  }

  /**
   * Starts a server without TLS for programs of this machine, which know it by an address or as
   * localhost.
   *
   * @param bound listens on a loopback address; the server closes it
   * @param cookie by which it knows browsers
   * @throws IllegalArgumentException when other machines could reach it
   */
  public static <C> ApiServer onLoopback(
      ServerSocketChannel bound,
      SessionCookie cookie,
      Gate<C> gate,
      List<ApiRoute<C>> routes,
      Consumer<ApiRefusal> refusals)
      throws IOException {
    HostNames names = new HostNames(Set.of());
    return launch(
        Way.bound(bound),
        (context, route) -> {
          checkName(context, names);
          OwnPages.check(context, "http", route.isPage());
          return gate.admit(route, credentials(context, cookie));
        },
        routes,
        refusals);
  }

  /** A page of another site, whose name was made to lead here, calls the server by that name. */
  private static void checkName(Context context, HostNames names) {
    String host = context.req().getServerName();
    if (!names.allow(host)) {
      throw ApiProblem.of(
          403, "unknown-host", "Host is " + host + "; use localhost or the server's address");
    }
  }

  /**
   * Starts a server for this machine's user, by HTTP. Its routes' entries are those of {@link
   * Visitor}.
   *
   * @throws IllegalArgumentException when other machines would reach it
   */
  public static ApiServer startLocal(
      Place place, LocalServer local, List<ApiRoute<Visitor>> routes) {
    if (!place.isLoopback()) {
      throw new IllegalArgumentException(
          place.host() + " is reached by other machines; listen on 127.0.0.1");
    }
    List<ApiRoute<Visitor>> all = new ArrayList<>(local.routes());
    all.addAll(routes);
    return launch(Way.plain(place), new LocalEntrance(local)::admit, all, refusal -> {});
  }

  /** Admits a request to a route, or throws an {@link ApiProblem}. */
  @FunctionalInterface
  private interface Entrance<C> {
    C admit(Context context, ApiRoute<C> route);
  }

  private static <C> ApiServer launch(
      Way way, Entrance<C> entrance, List<ApiRoute<C>> routes, Consumer<ApiRefusal> refusals) {
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.jetty.threadPool = threads();
              config.jetty.addConnector(way.connector());
              // Callers that watch events would keep a graceful stop waiting.
              config.jetty.modifyServer(server -> server.setStopTimeout(0));
              config.http.maxRequestSize =
                  routes.stream().mapToLong(ApiRoute::maxBodyBytes).max().orElse(0);
              config.http.generateEtags = false;
              serve(config, entrance, routes, refusals);
            });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      javalin.stop();
      throw way.place().taken(e);
    }
    return new ApiServer(javalin, way);
  }

  /** {@code https://host:port}, or with {@code http} that of a server for this machine's user. */
  public URI uri() {
    return way.place().uri(way.scheme(), javalin.port());
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

  private static <C> void serve(
      JavalinConfig config,
      Entrance<C> entrance,
      List<ApiRoute<C>> routes,
      Consumer<ApiRefusal> refusals) {
    for (ApiRoute<C> route : routes) {
      config.routes.addHttpHandler(
          HandlerType.findOrCreate(route.method()),
          route.path(),
          context -> handle(context, entrance, route, refusals));
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

  private static <C> void handle(
      Context context, Entrance<C> entrance, ApiRoute<C> route, Consumer<ApiRefusal> refusals)
      throws Exception {
    // Names that members have chosen are in answers; no browser may take them for a page.
    context.header("X-Content-Type-Options", "nosniff");
    @Nullable C caller = null;
    try {
      C admitted = entrance.admit(context, route);
      caller = admitted;
      answer(context, admitted, route);
    } catch (ApiProblem e) {
      refusals.accept(
          new ApiRefusal(
              route.method(), route.path(), context.ip(), certificates(context), e, caller));
      throw e;
    }
  }

  private static <C> void answer(Context context, C caller, ApiRoute<C> route) throws Exception {
    if (context.req().getContentLengthLong() > route.maxBodyBytes()) {
      ApiCall.discard(context.req().getInputStream());
      throw ApiCall.tooLarge(route.maxBodyBytes());
    }
    @Nullable Object answer =
        route.handler().handle(new ApiCall<>(caller, context, route.maxBodyBytes()));
    if (!context.res().containsHeader("Cache-Control")) {
      context.header("Cache-Control", "no-store");
    }
    if (answer instanceof byte[] bytes) {
      context.contentType(
          route.answerMediaType() == null ? "application/json" : route.answerMediaType());
      context.result(bytes);
    } else if (answer != null) {
      context.contentType("application/json");
      context.result(ApiJson.bytes(answer));
    }
  }

  private static Credentials credentials(Context context, SessionCookie cookie) {
    return new Credentials(
        certificates(context),
        context.cookie(cookie.name()),
        !READING.contains(context.req().getMethod()),
        "1".equals(context.header(Credentials.MARKER)));
  }

  private static List<X509Certificate> certificates(Context context) {
    Object found = context.req().getAttribute(CERTIFICATES);
    return found instanceof X509Certificate[] chain ? List.of(chain) : List.of();
  }

  private static void refuse(Context context, ApiProblem problem) {
    context.status(problem.status());
    context.contentType(ProblemView.MEDIA_TYPE);
    context.header("X-Content-Type-Options", "nosniff");
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
