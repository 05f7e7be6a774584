package io.swarmstream.clients.chain;

import static java.util.stream.Collectors.joining;

import io.swarmstream.identity.ReloadingTls;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.http.HttpService;

/**
 * Sends requests over HTTP to one node, or to the first of several that answers. Every request has
 * a deadline for each node, and every failure says what was asked.
 */
public final class JsonRpc implements AutoCloseable {
  /** web3j uses this only to poll for subscriptions, of which there are none. */
  private static final long UNUSED_POLLING_MS = 15_000;

  /** Nodes that are learned later have to be asked within the deadline of a call as well. */
  private static final int MANY_NODES = 2;

  private static final Duration BETWEEN_LESSONS = Duration.ofSeconds(20);

  private final String place;
  private final OkHttpClient http;
  private final Web3j web3j;

  /** Null for a transport of another kind. */
  private final @Nullable NodeFailover failover;

  private volatile @Nullable Supplier<List<String>> others;
  private final AtomicLong learnedAtNanos = new AtomicLong(System.nanoTime());

  /**
   * Connects without TLS of its own.
   *
   * @param urls addresses of nodes of the same chain, separated by commas
   */
  public JsonRpc(String urls, Duration requestTimeout) {
    this(urls, requestTimeout, null);
  }

  /** Connects as options say; with an identity's folder, the node sees its certificate. */
  static JsonRpc of(ChainOptions options) {
    String folder = options.identityFolder();
    return new JsonRpc(
        options.rpcUrl(),
        options.timeouts().request(),
        folder == null ? null : ReloadingTls.of(Path.of(folder)));
  }

  private JsonRpc(String urls, Duration requestTimeout, @Nullable ReloadingTls tls) {
    List<String> nodes = ChainOptions.nodes(urls);
    this.place = placeOf(urls);
    this.failover = new NodeFailover(nodes);
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(requestTimeout)
            .readTimeout(requestTimeout)
            .writeTimeout(requestTimeout)
            .callTimeout(
                requestTimeout.multipliedBy(
                    tls == null ? nodes.size() : nodes.size() + MANY_NODES));
    if (tls != null) {
      ConnectionPool connections = new ConnectionPool();
      builder
          .connectionPool(connections)
          .sslSocketFactory(tls.socketFactory(), tls.trustManager())
          .addInterceptor(new MemberConnection(tls, connections));
    }
    builder.addInterceptor(failover);
    this.http = builder.build();
    this.web3j = over(new HttpService(nodes.get(0), http));
  }

  /**
   * Sends requests over a transport instead, which sets the deadlines and stays open.
   *
   * @param place names the node in messages
   */
  public JsonRpc(String place, RpcTransport transport) {
    this.place = place;
    this.failover = null;
    this.http = new OkHttpClient(); // starts no thread before its first request
    this.web3j = over(new TransportService(transport));
  }

  private static Web3j over(Web3jService service) {
    // Every instance with web3j's own executor would leave a shutdown hook behind, and with it the
    // class loader of a job.
    return Web3j.build(service, UNUSED_POLLING_MS, Executors.newSingleThreadScheduledExecutor());
  }

  /** Scheme, host and port of each address: the parts of a URL that are safe to publish. */
  static String placeOf(String urls) {
    return ChainOptions.nodes(urls).stream().map(JsonRpc::place).collect(joining(" or "));
  }

  private static String place(String url) {
    URI uri = URI.create(url);
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port;
  }

  public Web3j web3j() {
    return web3j;
  }

  String place() {
    return place;
  }

  /**
   * Sends a request and returns the answer unless it is an error.
   *
   * @param what completes "could not ..." in messages
   */
  <R extends Response<?>> R ask(String what, Request<?, R> request) {
    R response = askForAny(what, request);
    check(what, response);
    return response;
  }

  long newestBlock() {
    return ask("ask for the number of the newest block", web3j.ethBlockNumber())
        .getBlockNumber()
        .longValueExact();
  }

  /** When a block was made, as its sealer says. */
  Instant blockTime(long number) {
    EthBlock.Block block =
        ask(
                "read block " + number,
                web3j.ethGetBlockByNumber(
                    DefaultBlockParameter.valueOf(BigInteger.valueOf(number)), false))
            .getBlock();
    if (block == null) {
      throw new ChainException(
          "could not read block " + number + ": the node at " + place + " does not have it yet");
    }
    return Instant.ofEpochSecond(block.getTimestamp().longValueExact());
  }

  /** Sends a request and returns the answer even if it is an error. */
  <R extends Response<?>> R askForAny(String what, Request<?, R> request) {
    try {
      R answer = request.send();
      learn();
      return answer;
    } catch (IOException e) {
      throw unreachable(what, e);
    }
  }

  /**
   * Has the client ask now and then which other nodes there are, so that it can do without those
   * that it was given.
   */
  void learnFrom(Supplier<List<String>> source) {
    others = source;
  }

  private void learn() {
    Supplier<List<String>> source = others;
    NodeFailover known = failover;
    long last = learnedAtNanos.get();
    long now = System.nanoTime();
    // Also keeps the question for the nodes from asking for the nodes.
    if (source == null
        || known == null
        || now - last < BETWEEN_LESSONS.toNanos()
        || !learnedAtNanos.compareAndSet(last, now)) {
      return;
    }
    try {
      known.add(source.get());
    } catch (ChainException e) {
      // The next lesson may succeed; the call that was made has.
    }
  }

  void check(String what, Response<?> response) {
    if (response.hasError()) {
      throw Refusals.explain(what, place, response.getError());
    }
  }

  ChainException unreachable(String what, IOException e) {
    if (e instanceof MemberConnection.RefusedException) {
      return new ChainException(
          "could not " + what + ": the network node refuses it: " + e.getMessage(), e);
    }
    @Nullable ChainException refused = Refusals.ofHttp(what, place, e);
    if (refused != null) {
      return refused;
    }
    return new ChainUnreachableException(
        "could not "
            + what
            + ": no answer from the chain at "
            + place
            + " ("
            + e.getMessage()
            + "); check that its node is running and the address is right",
        e);
  }

  /** Also cancels requests in progress. */
  @Override
  public void close() {
    http.dispatcher().cancelAll();
    web3j.shutdown();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
