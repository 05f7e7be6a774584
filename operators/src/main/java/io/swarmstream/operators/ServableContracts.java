package io.swarmstream.operators;

import io.swarmstream.merge.MergeMethods;
import io.swarmstream.schemas.ContractEvent;
import java.util.Objects;
import org.apache.flink.api.common.functions.FilterFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves out contracts that this job cannot merge for; they must not stop the others. */
final class ServableContracts implements FilterFunction<ContractEvent> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ServableContracts.class);

  @Override
  public boolean filter(ContractEvent event) {
    if (event.kind() != ContractEvent.Kind.CREATED) {
      return true;
    }
    String method = Objects.requireNonNull(event.terms()).method();
    boolean known = MergeMethods.names().contains(method);
    if (!known) {
      LOG.error(
          "Contract {} is not served: its merge method \"{}\" is none of {}; create one with a method of"
              + " these, or under another name once the job runs with the method's jar",
          event.contract(),
          method,
          MergeMethods.names());
    }
    return known;
  }
}
