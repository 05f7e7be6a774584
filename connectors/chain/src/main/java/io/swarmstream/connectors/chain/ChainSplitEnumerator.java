package io.swarmstream.connectors.chain;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Assigns the chain to the first reader that registers; all others stay idle. */
final class ChainSplitEnumerator implements SplitEnumerator<ChainSplit, WaitingSplit> {
  private final SplitEnumeratorContext<ChainSplit> context;
  private Optional<ChainSplit> waiting;

  ChainSplitEnumerator(SplitEnumeratorContext<ChainSplit> context, WaitingSplit state) {
    this.context = context;
    this.waiting = state.split();
  }

  @Override
  public void start() {}

  @Override
  public void addReader(int subtaskId) {
    assignTo(subtaskId);
  }

  @Override
  public void addSplitsBack(List<ChainSplit> splits, int subtaskId) {
    waiting = splits.stream().findFirst().or(() -> waiting);
    // The reader that lost it registers again; until then, any registered reader may take it.
    context.registeredReaders().keySet().stream()
        .filter(reader -> reader != subtaskId)
        .findFirst()
        .ifPresent(this::assignTo);
  }

  @Override
  public void handleSplitRequest(int subtaskId, @Nullable String requesterHostname) {
    assignTo(subtaskId);
  }

  @Override
  public WaitingSplit snapshotState(long checkpointId) {
    return new WaitingSplit(waiting);
  }

  @Override
  public void close() {}

  private void assignTo(int subtaskId) {
    waiting.ifPresent(split -> context.assignSplit(split, subtaskId));
    waiting = Optional.empty();
  }
}
