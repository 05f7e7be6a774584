package io.swarmstream.connectors.chain;

import io.swarmstream.clients.chain.ChainEventLog;
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
 * An unbounded source of the events of training contracts, exactly once and in the chain's order.
 *
 * <p>Use a parallelism of 1, because one chain keeps only one reader busy. An unreachable chain
 * causes a warning, never a failure. Events that cannot be served are skipped with a warning that
 * says which and why; an enrolment may therefore arrive for a contract whose creation never did.
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
