package io.swarmstream.network.api;

import io.javalin.http.sse.SseClient;
import io.swarmstream.web.ApiJson;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Sends events to whoever watches. A watcher that does not read is dropped rather than waited for.
 */
public final class EventStream implements AutoCloseable {
  private static final int QUEUED = 1_000;
  private static final int MAX_WATCHERS = 40;

  /** Below the idle timeouts of servers and proxies. */
  private static final long KEEP_ALIVE_MS = 15_000;

  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private record Event(String kind, String json) {}

  private record Watcher(BlockingQueue<Event> queue) {}

  /** Tells all watchers; never waits. */
  public void tell(String kind, Object what) {
    if (watchers.isEmpty()) {
      return;
    }
    Event event = new Event(kind, new String(ApiJson.bytes(what), StandardCharsets.UTF_8));
    watchers.removeIf(watcher -> !watcher.queue().offer(event));
  }

  /** Whether one more may watch: each occupies a thread. */
  boolean hasRoom() {
    return watchers.size() < MAX_WATCHERS && !closed;
  }

  /**
   * Serves a watcher in the request's thread until it leaves.
   *
   * @param isAllowed whether it may go on watching; asked before each event, and every 15 s
   */
  void serve(SseClient client, BooleanSupplier isAllowed) {
    Watcher watcher = new Watcher(new ArrayBlockingQueue<>(QUEUED));
    watchers.add(watcher);
    client.onClose(() -> watchers.remove(watcher));
    try {
      client.sendComment("watching");
      while (!client.terminated() && !closed && watchers.contains(watcher)) {
        Event next = watcher.queue().poll(KEEP_ALIVE_MS, TimeUnit.MILLISECONDS);
        if (!isAllowed.getAsBoolean()) {
          return;
        }
        if (next == null) {
          client.sendComment("alive");
        } else {
          client.sendEvent(next.kind(), next.json());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watchers.remove(watcher);
    }
  }

  @Override
  public void close() {
    closed = true;
    watchers.clear();
  }
}
