package io.swarmstream.connectors.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.junit.jupiter.api.Test;

class ChainSplitEnumeratorTest {
  private static final ChainSplit SPLIT = new ChainSplit(7, 3);

  @Test
  void refusesStateOfAnotherVersion() {
    assertThatThrownBy(() -> new ChainSplitSerializer().deserialize(2, new byte[16]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void keepsTheChainUntilAReaderHasIt() throws Exception {
    WaitingSplit.Serializer serializer = new WaitingSplit.Serializer();
    WaitingSplit waiting = new WaitingSplit(Optional.of(SPLIT));
    WaitingSplit none = new WaitingSplit(Optional.empty());

    assertThat(serializer.deserialize(1, serializer.serialize(waiting))).isEqualTo(waiting);
    assertThat(serializer.deserialize(1, serializer.serialize(none))).isEqualTo(none);
  }

  @Test
  void givesTheChainToOneReaderOnly() throws Exception {
    try (var context = new MockSplitEnumeratorContext<ChainSplit>(2);
        var enumerator = enumerator(context)) {
      enumerator.addReader(1);
      enumerator.addReader(0);

      assertThat(context.getSplitsAssignmentSequence()).hasSize(1);
      assertThat(context.getSplitsAssignmentSequence().get(0).assignment())
          .isEqualTo(Map.of(1, List.of(SPLIT)));
      assertThat(enumerator.snapshotState(1).split()).isEmpty();
    }
  }

  @Test
  void givesTheChainOfALostReaderToTheNextOne() throws Exception {
    try (var context = new MockSplitEnumeratorContext<ChainSplit>(1);
        var enumerator = enumerator(context)) {
      enumerator.addReader(0);
      enumerator.addSplitsBack(List.of(SPLIT), 0);
      assertThat(enumerator.snapshotState(1).split()).contains(SPLIT);

      enumerator.addReader(0);

      assertThat(context.getSplitsAssignmentSequence()).hasSize(2);
      assertThat(enumerator.snapshotState(2).split()).isEmpty();
    }
  }

  private static ChainSplitEnumerator enumerator(MockSplitEnumeratorContext<ChainSplit> context) {
    for (int reader = 0; reader < context.currentParallelism(); reader++) {
      context.registerReader(new ReaderInfo(reader, "here"));
    }
    return new ChainSplitEnumerator(context, new WaitingSplit(Optional.of(SPLIT)));
  }
}
