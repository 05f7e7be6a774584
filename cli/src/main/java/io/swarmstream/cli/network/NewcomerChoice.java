package io.swarmstream.cli.network;

import io.swarmstream.network.enrol.CertificatePolicy;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say whom a network node admits without an invitation. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NewcomerChoice {
  @Option(
      names = "--admit-certificates",
      paramLabel = "ROLES",
      description =
          "Until it is stopped, admits whoever shows a certificate of a registered authority, as a"
              + " member of that authority's organisation with these roles, such as site,agent."
              + " Registers the authorities in --cacert and --capath. Default: members come by"
              + " invitation alone.")
  private @Nullable String roles;

  @Option(
      names = "--admit-weight",
      paramLabel = "W",
      description =
          "With --admit-certificates: greatest weight of such sites in trainings. Default: 1.")
  private @Nullable Integer weight;

  /**
   * What the options say.
   *
   * @throws IllegalArgumentException when one of them is wrong, or means nothing
   */
  CertificatePolicy policy() {
    if (roles != null) {
      return CertificatePolicy.of(roles, weight == null ? 1 : weight);
    }
    if (weight != null) {
      throw new IllegalArgumentException(
          "--admit-weight "
              + weight
              + " means nothing without --admit-certificates ROLES, which admits newcomers");
    }
    return CertificatePolicy.NONE;
  }

  /** What is said when the node has started. */
  Optional<String> said() {
    return policy().isOpen()
        ? Optional.of(
            "Admits any certificate of a registered authority as "
                + policy().roles().stream()
                    .map(role -> role.code())
                    .sorted()
                    .collect(Collectors.joining(", "))
                + ".")
        : Optional.empty();
  }
}
