package io.swarmstream.cli.options;

import io.swarmstream.identity.Identity;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.licence.CertificateOrganisation;
import io.swarmstream.licence.HeldLease;
import io.swarmstream.licence.LeaseRequest;
import io.swarmstream.licence.LicenceClient;
import io.swarmstream.licence.LicenceFeature;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Option for programs of consortia that have a licence server. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class LicenceChoice {
  @Option(
      names = "--licence",
      paramLabel = "URL",
      split = ",",
      description =
          "Licence server, and, after a comma, its secondary. Needs --identity. Without it, nothing "
              + "is limited.")
  private @Nullable List<URI> servers;

  /**
   * Takes a lease, if the option is given, and keeps it.
   *
   * @throws IllegalArgumentException when the identity is missing or names no organisation
   */
  public Optional<HeldLease> hold(LicenceFeature feature, String nodeId, Optional<Path> identity) {
    if (servers == null) {
      return Optional.empty();
    }
    if (identity.isEmpty()) {
      throw new IllegalArgumentException(
          "--licence needs --identity: the licence server knows nodes by their certificates");
    }
    ReloadingTls tls = ReloadingTls.of(identity.get());
    Identity own = tls.identity();
    String organisation = CertificateOrganisation.of(own.leaf());
    if (organisation.isEmpty()) {
      throw new IllegalArgumentException(
          "--identity: the certificate in "
              + identity.get()
              + " names no organisation (O); the licence server counts places by organisation");
    }
    return Optional.of(
        HeldLease.of(
            new LicenceClient(servers, tls.context()),
            new LeaseRequest(feature.name(), organisation, nodeId)));
  }
}
