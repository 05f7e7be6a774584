package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.schemas.ContractEvent;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What happens to training contracts, in the chain's order, exactly once, without end.
 *
 * <p>There is one chain, so one of its readers works: give it a parallelism of 1. A chain that is
 * away is a warning, never a failure. Events that cannot be served are skipped with a warning that
 * says which and why; so an enrolment may come for a contract whose creation never did.
 */
public final class ContractEventSource
    implements Source<ContractEvent, ChainSplit, WaitingSplit>, ResultTypeQueryable<ContractEvent> {
  private static final long serialVersionUID = 1;

  private final ChainOptions options;

  public ContractEventSource(ChainOptions options) {
    this.options = options;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<ChainSplit, WaitingSplit> createEnumerator(
      SplitEnumeratorContext<ChainSplit> context) {
    return new ChainSplitEnumerator(
        context, new WaitingSplit(Optional.of(new ChainSplit(options.startBlock(), 0))));
  }

  @Override
  public SplitEnumerator<ChainSplit, WaitingSplit> restoreEnumerator(
      SplitEnumeratorContext<ChainSplit> context, WaitingSplit checkpoint) {
    return new ChainSplitEnumerator(context, checkpoint);
  }

  @Override
  public SourceReader<ContractEvent, ChainSplit> createReader(SourceReaderContext context) {
    return new ContractEventReader(
        () ->
            new ChainSplitReader(
                new ChainEventLog(options), options.confirmations(), options.pollInterval()),
        context);
  }

  @Override
  public SimpleVersionedSerializer<ChainSplit> getSplitSerializer() {
    return new ChainSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<WaitingSplit> getEnumeratorCheckpointSerializer() {
    return new WaitingSplit.Serializer();
  }

  @Override
  public TypeInformation<ContractEvent> getProducedType() {
    return TypeInformation.of(ContractEvent.class);
  }
}
