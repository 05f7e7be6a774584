package io.swarmstream.operators;

import io.swarmstream.merge.MergeMethod;
import io.swarmstream.merge.MergeMethods;
import io.swarmstream.operators.merging.ChunkStep;
import io.swarmstream.schemas.ContractEvent;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.masking.PrivacyRule;
import java.util.Objects;
import org.apache.flink.api.common.functions.FilterFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops events of contracts that this job cannot merge for, so that they do not stop the others.
 */
final class ServableContracts implements FilterFunction<ContractEvent> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ServableContracts.class);

  @Override
  public boolean filter(ContractEvent event) {
    if (event.kind() != ContractEvent.Kind.CREATED) {
      return true;
    }
    ContractTerms terms = Objects.requireNonNull(event.terms());
    try {
      MergeMethod method = MergeMethods.named(terms.method());
      method.requirePeers(terms.privacy().rows(terms.minPeers()));
      if (terms.deltaEncoding().isSparse()) {
        method.requireMergesSparse(terms.deltaEncoding().code());
      }
      if (!terms.optimizer().isNone()) {
        var unused = ChunkStep.named(terms.optimizer());
      }
      PrivacyRule.require(terms);
      return true;
    } catch (IllegalArgumentException e) {
      LOG.error(
          "Contract {} is not served: {}; create a contract with a method that this job has, or start the job with the"
              + " method's jar and create the contract under a new name",
          event.contract(),
          e.getMessage());
      return false;
    }
  }
}
