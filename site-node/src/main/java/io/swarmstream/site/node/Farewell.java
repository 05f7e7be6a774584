package io.swarmstream.site.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sessions at the same time, because each may wait for a swarm that is away, and gives all of
 * them one deadline.
 */
final class Farewell {
  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  private final Map<String, FutureTask<Boolean>> endings = new LinkedHashMap<>();
  private final long end;

  /** With nine seconds: a node that is stopped ends within ten. */
  Farewell() {
    this(Duration.ofSeconds(9));
  }

  Farewell(Duration patience) {
    this.end = System.nanoTime() + patience.toNanos();
  }

  /**
   * Begins to end a session.
   *
   * @param contract of the session
   * @param ending ends it, and returns whether the swarm was told
   */
  void begin(String contract, Callable<Boolean> ending) {
    FutureTask<Boolean> task = new FutureTask<>(ending);
    endings.put(contract, task);
    Thread thread = new Thread(task, "swarm-end-" + contract);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits until all have ended or the deadline has passed; returns contracts that were not told.
   */
  List<String> await() throws InterruptedException {
    List<String> untold = new ArrayList<>();
    for (Map.Entry<String, FutureTask<Boolean>> ending : endings.entrySet()) {
      if (!isTold(ending.getKey(), ending.getValue())) {
        untold.add(ending.getKey());
      }
    }
    return untold;
  }

  private boolean isTold(String contract, FutureTask<Boolean> ending) throws InterruptedException {
    try {
      return ending.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.warn(
          "The session of contract {} has not ended in time; the node stops without it", contract);
    } catch (ExecutionException e) {
      LOG.warn("The session of contract {} did not end as it should", contract, e.getCause());
    }
    return false;
  }
}
