package io.swarmstream.connectors.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.ContractEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.functions.MapFunction;
import org.awaitility.Awaitility;

/**
 * A step that keeps what passes it, across restarts of the job in this JVM: what comes twice shows.
 */
final class Collected implements MapFunction<ContractEvent, ContractEvent> {
  private static final long serialVersionUID = 1;
  private static final Map<String, List<ContractEvent>> ALL = new ConcurrentHashMap<>();

  private final String name = UUID.randomUUID().toString();

  @Override
  public ContractEvent map(ContractEvent event) {
    events().add(event);
    return event;
  }

  List<ContractEvent> events() {
    return ALL.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>());
  }

  /** Waits for this many, and a while longer for what should not come. */
  List<ContractEvent> await(int count) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(10))
        .during(Duration.ofMillis(150))
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(events()).hasSize(count));
    return events();
  }
}
