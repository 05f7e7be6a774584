package io.swarmstream.jobs;

import io.swarmstream.clients.chain.SigningKey;
import io.swarmstream.clients.kafka.SeldomWarning;
import io.swarmstream.schemas.signing.RecordSignature;
import io.swarmstream.schemas.wire.InboundRecord;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits the records that this job's coordinator has signed, and the anchored rounds of those who
 * coordinated the contract before. All other records in a rounds topic come from third parties, or
 * from the job of another coordinator's contract.
 */
final class SignedRecords extends RichFilterFunction<InboundRecord> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SignedRecords.class);

  // -- configuration
  private final SigningKey coordinatorKey;
  private final FormerCoordinators.Factory history;

  // -- runtime
  private transient String coordinator = "";
  private transient @Nullable FormerCoordinators former;
  private transient SeldomWarning warning;
  private transient Counter foreign;

  SignedRecords(SigningKey coordinatorKey, FormerCoordinators.Factory history) {
    this.coordinatorKey = coordinatorKey;
    this.history = history;
  }

  @Override
  public void open(OpenContext context) {
    coordinator = coordinatorKey.load().address();
    former = history.open();
    warning = new SeldomWarning(LOG);
    foreign =
        getRuntimeContext().getMetricGroup().counter("recordsOfStrangers", new SimpleCounter());
  }

  @Override
  public boolean filter(InboundRecord record) {
    RecordSignature signature = record.signature();
    Optional<String> signer =
        signature == null ? Optional.empty() : signature.signer(record.topic(), record.value());
    if (signer.filter(coordinator::equals).isPresent()
        || signer.filter(by -> isProven(record, by)).isPresent()) {
      return true;
    }
    foreign.inc();
    warning.say(
        record
            + " is passed over: it is signed by "
            + signer.orElse("nobody")
            + ", this job's coordinator is "
            + coordinator
            + ". Unless another job serves that contract, find out who else can write to the topic");
    return false;
  }

  private boolean isProven(InboundRecord record, String signer) {
    return former != null && former.prove(record, signer);
  }

  @Override
  public void close() {
    if (former != null) {
      former.close();
    }
  }
}
