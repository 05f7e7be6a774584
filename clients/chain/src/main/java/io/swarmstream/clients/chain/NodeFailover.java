package io.swarmstream.clients.chain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a request to the node that answered last, and to the next ones when that one does not. Only
 * a node that cannot be reached, is silent, or says that what is behind it is, is passed over; an
 * answer is an answer, an error too. A request is repeated byte by byte, so a transaction that
 * arrived before its answer was lost is the same transaction at the next node.
 */
final class NodeFailover implements Interceptor {
  private static final Logger LOG = LoggerFactory.getLogger(NodeFailover.class);

  /** Bad gateway, unavailable, gateway timeout: the node's front answers, the node does not. */
  private static final Set<Integer> NOBODY_BEHIND = Set.of(502, 503, 504);

  private volatile List<HttpUrl> nodes;
  private final AtomicInteger lastGood = new AtomicInteger();

  NodeFailover(List<String> urls) {
    this.nodes = urls.stream().map(HttpUrl::get).toList();
  }

  /** Also asks these nodes, after those that it knows. */
  void add(List<String> urls) {
    List<HttpUrl> all = new ArrayList<>(nodes);
    for (String url : urls) {
      HttpUrl parsed = HttpUrl.parse(url);
      if (parsed != null && !all.contains(parsed)) {
        LOG.info("also asks {} from now on", parsed.host() + ":" + parsed.port());
        all.add(parsed);
      }
    }
    nodes = List.copyOf(all);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    List<HttpUrl> known = nodes;
    int first = lastGood.get();
    @Nullable IOException failure = null;
    for (int tried = 0; tried < known.size(); tried++) {
      int node = (first + tried) % known.size();
      boolean isLast = tried == known.size() - 1;
      Request request = chain.request().newBuilder().url(known.get(node)).build();
      try {
        Response response = chain.proceed(request);
        if (isLast || !NOBODY_BEHIND.contains(response.code())) {
          lastGood.set(node);
          return response;
        }
        LOG.warn(
            "{} answers with HTTP status {}; asking the next node",
            request.url().host(),
            response.code());
        response.close();
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
        if (isLast || chain.call().isCanceled()) {
          throw e;
        }
        LOG.warn(
            "{} does not answer ({}); asking the next node", request.url().host(), e.getMessage());
      }
    }
    throw failure == null ? new IOException("no node is known") : failure;
  }
}
