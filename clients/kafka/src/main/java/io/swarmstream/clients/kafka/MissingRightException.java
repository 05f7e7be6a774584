package io.swarmstream.clients.kafka;

import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Kafka does not let this client do what it has to, or does not believe who it is. No retry mends
 * that: somebody has to grant the right.
 */
public final class MissingRightException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingRightException(String message) {
    super(message);
  }

  private MissingRightException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What a failure of a Kafka client says of rights; empty: nothing.
   *
   * @param rights what was tried, in the words of Kafka's ACLs
   * @param on what it was tried on
   */
  public static Optional<MissingRightException> of(
      Throwable failure, String rights, String on, KafkaEndpoint endpoint) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof AuthorizationException) {
        return Optional.of(
            new MissingRightException(
                message(rights + " " + on, endpoint) + " (" + at.getMessage() + ")", failure));
      }
      if (at instanceof AuthenticationException) {
        return Optional.of(
            new MissingRightException(
                "Kafka at "
                    + endpoint
                    + " does not let this client in: "
                    + at.getMessage()
                    + "; compare its security.protocol, sasl.* and ssl.* with the broker's",
                failure));
      }
    }
    return Optional.empty();
  }

  /** Whether a right is what a failure comes down to. */
  public static boolean isIn(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof MissingRightException) {
        return true;
      }
    }
    return false;
  }

  /** What is said of rights that are missing. */
  static String message(String what, KafkaEndpoint endpoint) {
    return "Kafka at "
        + endpoint
        + " does not let "
        + endpoint.principal().map(name -> "User:" + name).orElse("this client's principal")
        + " "
        + what
        + "; grant it that with kafka-acls.sh (deploy/README.md lists the rights of job, site and verify)";
  }
}
