package io.swarmstream.jobs;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.ContractCoordinators;
import io.swarmstream.clients.kafka.log.PublishedRound;
import io.swarmstream.schemas.wire.InboundRecord;
import io.swarmstream.schemas.wire.MalformedRecordException;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says whether a round record of a former coordinator is one that the chain holds. A job with a new
 * key continues after such records. Used by one thread.
 */
interface FormerCoordinators extends AutoCloseable {
  /** Whether the signer coordinated the record's contract, and the chain has its anchor. */
  boolean prove(InboundRecord record, String signer);

  @Override
  void close();

  /** Creates it on the machine that uses it. */
  @FunctionalInterface
  interface Factory extends Serializable {
    FormerCoordinators open();
  }

  /** Asks a chain. */
  static Factory on(ChainOptions options) {
    return () -> new OnChain(ChainClient.reading(options));
  }

  /** Asks a chain, and remembers the coordinators of each contract. */
  final class OnChain implements FormerCoordinators {
    private final ChainClient chain;
    private final Map<String, ContractCoordinators> contracts = new HashMap<>();

    private OnChain(ChainClient chain) {
      this.chain = chain;
    }

    @Override
    public boolean prove(InboundRecord record, String signer) {
      Optional<String> contract = Topic.ROUNDS.contract(record.topic());
      if (contract.isEmpty() || !WireFormat.ROUND_RECORD.frames(record.value())) {
        return false;
      }
      ContractCoordinators coordinators =
          contracts.computeIfAbsent(contract.get(), name -> new ContractCoordinators(chain, name));
      if (!coordinators.isFormer(signer)) {
        return false;
      }
      try {
        return coordinators.isAnchored(PublishedRound.of(record.value()).anchor());
      } catch (MalformedRecordException e) {
        return false;
      }
    }

    @Override
    public void close() {
      chain.close();
    }
  }
}
