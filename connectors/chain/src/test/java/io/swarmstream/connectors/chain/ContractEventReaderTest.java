package io.swarmstream.connectors.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.ContractEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ContractEventReaderTest {
  private static final List<String> ALL = List.of("3/0", "3/1", "3/2", "4/0");

  private final FakeEventLog chain = new FakeEventLog().with(3, 0).with(3, 1).with(3, 2).with(4, 0);

  @Test
  void goesOnRightBehindTheLastEventEmittedWhereverTheCheckpointFalls() throws Exception {
    for (int emitted = 0; emitted <= ALL.size(); emitted++) {
      List<String> events = new ArrayList<>();
      List<ChainSplit> checkpoint = readFrom(List.of(new ChainSplit(0, 0)), emitted, events);

      readFrom(checkpoint, ALL.size() - emitted, events);

      assertThat(events).as("checkpoint after %s events", emitted).isEqualTo(ALL);
    }
  }

  /** Reads until this many events are emitted; returns what a checkpoint right then holds. */
  private List<ChainSplit> readFrom(List<ChainSplit> splits, int count, List<String> events)
      throws Exception {
    TestReaderContext<ContractEvent> context = new TestReaderContext<>();
    try (ContractEventReader reader =
        new ContractEventReader(
            () -> new ChainSplitReader(chain, 0, Duration.ofMillis(1)), context)) {
      reader.start();
      reader.addSplits(splits);
      while (context.output.size() < count) {
        if (reader.pollNext(context) == InputStatus.NOTHING_AVAILABLE) {
          reader.isAvailable().get(10, TimeUnit.SECONDS);
        }
      }
      context.output.forEach(event -> events.add(String.valueOf(event.siteName())));
      return reader.snapshotState(1);
    }
  }
}
