package io.swarmstream.jobs;

import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.schemas.ContractEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops contracts that name another coordinator: anybody may create contracts on a chain, and this
 * job could not anchor their rounds.
 */
final class OwnContracts extends RichFilterFunction<ContractEvent> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(OwnContracts.class);

  // -- configuration
  private final SigningKey coordinatorKey;

  // -- runtime
  private transient String coordinator = "";

  OwnContracts(SigningKey coordinatorKey) {
    this.coordinatorKey = coordinatorKey;
  }

  @Override
  public void open(OpenContext context) {
    coordinator = coordinatorKey.load().address();
  }

  @Override
  public boolean filter(ContractEvent event) {
    if (event.kind() != ContractEvent.Kind.CREATED || coordinator.equals(event.coordinator())) {
      return true;
    }
    LOG.info(
        "Contract {} is not served: its coordinator is {}, this job's is {}",
        event.contract(),
        event.coordinator(),
        coordinator);
    return false;
  }
}
