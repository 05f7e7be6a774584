package io.swarmstream.clients.kafka;

import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/**
 * Kafka denies this client a right that it needs, or does not accept its identity. A retry cannot
 * help: an administrator has to grant the right.
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
   * Returns the missing right that a failure of a Kafka client reports; empty when it reports none.
   *
   * @param rights what was tried, as Kafka's ACLs name it
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
      if (at instanceof SslAuthenticationException) {
        return Optional.of(new MissingRightException(TlsProblem.refused(at, endpoint), failure));
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

  /** Whether a missing right is the cause of a failure. */
  public static boolean isIn(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof MissingRightException) {
        return true;
      }
    }
    return false;
  }

  /** The message for missing rights. */
  static String message(String what, KafkaEndpoint endpoint) {
    return "Kafka at "
        + endpoint
        + " does not let "
        + endpoint.principal().map(name -> "User:" + name).orElse("this client's principal")
        + " "
        + what
        + "; grant it that with kafka-acls.sh (docs/cluster.md lists the rights of job, site and verify)";
  }
}
