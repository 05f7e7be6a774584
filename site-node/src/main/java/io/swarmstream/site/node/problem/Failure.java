package io.swarmstream.site.node.problem;

import io.swarmstream.clients.chain.ChainException;
import io.swarmstream.clients.kafka.DeadlineException;
import io.swarmstream.clients.kafka.MissingRightException;
import io.swarmstream.clients.kafka.log.LogEndedException;
import io.swarmstream.clients.kafka.log.SendFailedException;
import io.swarmstream.clients.network.ApiRefusalException;
import io.swarmstream.clients.network.ApiUnreachableException;
import io.swarmstream.schemas.contribution.DeltaRangeException;
import io.swarmstream.site.PrivacyException;
import io.swarmstream.site.RejectedException;
import io.swarmstream.site.RoundProgress;
import io.swarmstream.site.UnprovenException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what has failed in the swarm or on the disk into a problem that a trainer understands. */
public final class Failure {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

  private Failure() {}

  /** The problem that an exception is; logs those that have no code of their own. */
  public static ProblemException of(Throwable thrown) {
    if (thrown instanceof ProblemException problem) {
      return problem;
    }
    String message = Optional.ofNullable(thrown.getMessage()).orElse(thrown.toString());
    if (thrown instanceof RejectedException rejected) {
      return ProblemException.of(ProblemCode.REJECTED, message, thrown)
          .in(rejected.field().isEmpty() ? rejected.reason() : rejected.field());
    }
    if (thrown instanceof DeltaRangeException range) {
      return ProblemException.of(ProblemCode.BAD_VALUE, message, thrown)
          .in(Optional.ofNullable(range.tensor()).orElse("body"));
    }
    if (thrown instanceof PrivacyException) {
      return ProblemException.of(ProblemCode.TERMS_MISMATCH, message, thrown).in("privacy");
    }
    if (thrown instanceof UnprovenException) {
      return ProblemException.of(ProblemCode.UNPROVEN, message, thrown);
    }
    if (MissingRightException.isIn(thrown)) {
      return ProblemException.of(
          ProblemCode.KAFKA_DENIED, message + "; then start the trainer again", thrown);
    }
    if (thrown instanceof LogEndedException) {
      return ProblemException.of(
          ProblemCode.SWARM_UNREACHABLE,
          message + "; open the session again with PUT /v1/sessions/{id}, which joins anew",
          thrown);
    }
    if (thrown instanceof ChainException refused && refused.isFinal()) {
      return ProblemException.of(ProblemCode.CHAIN_REFUSED, message, thrown);
    }
    if (thrown instanceof ApiRefusalException) {
      return ProblemException.of(ProblemCode.CHAIN_REFUSED, message, thrown);
    }
    if (thrown instanceof ApiUnreachableException
        || thrown instanceof SendFailedException
        || thrown instanceof DeadlineException
        || thrown instanceof ChainException) {
      return ProblemException.of(ProblemCode.SWARM_UNREACHABLE, message, thrown);
    }
    LOG.error("An unexpected failure", thrown);
    Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
    if (cause instanceof FileSystemException file) {
      message = FileFailure.sentence(file);
    }
    return ProblemException.of(ProblemCode.INTERNAL, message + "; see the node's log", thrown);
  }

  /** A round that was not sealed in time; says for whom it waits. */
  public static ProblemException late(
      long round, Optional<RoundProgress> notice, DeadlineException e) {
    Optional<RoundProgress> open = notice.filter(said -> said.round() == round);
    if (open.isEmpty()) {
      return ProblemException.of(
          ProblemCode.ROUND_DEADLINE,
          e.getMessage() + "; the job has not reported on round " + round + ": is it running?",
          e);
    }
    RoundProgress said = open.get();
    boolean tooFew = said.contributed() < said.minPeers();
    return ProblemException.of(
            tooFew ? ProblemCode.MIN_PEERS_NOT_REACHED : ProblemCode.ROUND_DEADLINE,
            said.inWords()
                + (tooFew
                    ? (said.missing().isEmpty()
                            ? "; then"
                            : "; start the trainers of the missing sites, then")
                        + " send the sync again"
                    : "; send the sync again, with a longer deadline"),
            e)
        .in(tooFew ? "minPeers" : "deadlineSeconds")
        .values("at least " + said.minPeers() + " contributions", said.contributed() + "");
  }
}
