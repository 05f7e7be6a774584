package io.swarmstream.clients.chain;

import io.swarmstream.clients.chain.contracts.TrainingContracts;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.Limits;
import io.swarmstream.schemas.Optimizer;
import io.swarmstream.schemas.Privacy;
import io.swarmstream.schemas.hashing.PayloadHash;
import io.swarmstream.schemas.layout.ModelLayout;
import java.util.Locale;
import org.web3j.abi.EventEncoder;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.utils.Numeric;

/**
 * Decodes the logs of TrainingContracts. Anybody may write to that contract and bypass our checks,
 * so the decoder treats its logs as untrusted.
 */
final class ContractEventDecoder {
  static final String CREATED = EventEncoder.encode(TrainingContracts.CONTRACTCREATED_EVENT);
  static final String ENROLLED = EventEncoder.encode(TrainingContracts.SITEENROLLED_EVENT);
  static final String REMOVED = EventEncoder.encode(TrainingContracts.SITEREMOVED_EVENT);

  private ContractEventDecoder() {}

  /**
   * Decodes a log.
   *
   * @param network network name of the chain and contract that the log comes from
   * @throws IllegalArgumentException saying why the event cannot be served
   */
  static ContractEvent read(Log log, String network) {
    long block = log.getBlockNumber().longValueExact();
    long index = log.getLogIndex().longValueExact();
    String topic = log.getTopics().get(0);
    if (topic.equals(CREATED)) {
      String coordinator = TrainingContracts.getContractCreatedEventFromLog(log).coordinator;
      return ContractEvent.created(
          block, index, terms(log, network), coordinator.toLowerCase(Locale.ROOT));
    }
    if (topic.equals(ENROLLED)) {
      var event = TrainingContracts.getSiteEnrolledEventFromLog(log);
      return ContractEvent.enrolled(
          block,
          index,
          ContractTerms.checkName(event.contractName),
          event.account.toLowerCase(Locale.ROOT),
          event.siteName,
          event.maxWeight.intValueExact());
    }
    if (topic.equals(REMOVED)) {
      var event = TrainingContracts.getSiteRemovedEventFromLog(log);
      return ContractEvent.removed(
          block,
          index,
          ContractTerms.checkName(event.contractName),
          event.account.toLowerCase(Locale.ROOT));
    }
    throw new IllegalArgumentException("its topic " + topic + " is of no event known here");
  }

  private static ContractTerms terms(Log log, String network) {
    var event = TrainingContracts.getContractCreatedEventFromLog(log);
    ContractTerms terms =
        new ContractTerms(
                event.name,
                network,
                event.method,
                event.minPeers.intValueExact(),
                event.gracePeriodMs.longValueExact(),
                event.parameterCount.longValueExact(),
                event.chunkValues.intValueExact(),
                DeltaEncoding.named(event.encoding),
                event.adaptiveInterval.intValueExact(),
                Numeric.toHexStringNoPrefix(event.layoutHash),
                new Limits(event.limits),
                PayloadHash.named(event.payloadHash))
            .withOptimizer(new Optimizer(event.optimizer))
            .withPrivacy(new Privacy(event.privacy));
    if (!event.layoutText.isEmpty()) {
      checkLayout(terms, ModelLayout.parse(event.layoutText));
    }
    return terms;
  }

  /**
   * Checks that a layout is the one that the terms name.
   *
   * @throws IllegalArgumentException with both numbers
   */
  static void checkLayout(ContractTerms terms, ModelLayout layout) {
    if (layout.parameterCount() != terms.parameterCount()) {
      throw new IllegalArgumentException(
          "the layout has "
              + layout.parameterCount()
              + " parameters, the terms of contract "
              + terms.contract()
              + " say "
              + terms.parameterCount());
    }
    String hash = layout.hash().hex();
    if (!hash.equals(terms.layoutHash())) {
      throw new IllegalArgumentException(
          "the layout hashes to "
              + hash
              + ", the terms of contract "
              + terms.contract()
              + " say "
              + terms.layoutHash());
    }
  }
}
