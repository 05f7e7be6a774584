package io.swarmstream.connectors.chain;

import io.swarmstream.schemas.ContractEvent;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

/** Emits events in the task's thread and tracks the place up to which it has emitted. */
final class ContractEventReader
    extends SingleThreadMultiplexSourceReaderBase<
        ReadEvent, ContractEvent, ChainSplit, ContractEventReader.Place> {

  /** Where reading resumes after the last emitted event. */
  static final class Place {
    private ChainSplit next;

    Place(ChainSplit next) {
      this.next = next;
    }
  }

  ContractEventReader(
      Supplier<SplitReader<ReadEvent, ChainSplit>> splitReaders, SourceReaderContext context) {
    super(
        splitReaders,
        (read, output, place) -> {
          ContractEvent event = read.event();
          if (event != null) {
            output.collect(event);
          }
          place.next = read.next();
        },
        context.getConfiguration(),
        context);
  }

  @Override
  protected Place initializedState(ChainSplit split) {
    return new Place(split);
  }

  @Override
  protected ChainSplit toSplitType(String splitId, Place place) {
    return place.next;
  }

  @Override
  protected void onSplitFinished(Map<String, Place> finished) {
    // The chain has no end.
  }
}
