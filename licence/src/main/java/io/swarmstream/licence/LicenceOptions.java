package io.swarmstream.licence;

import io.swarmstream.web.Place;
import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a licence server runs.
 *
 * @param identity folder of PEM files
 * @param folder of its own, for leases and licences
 * @param issuers whose licences count
 * @param admins key hashes that may install and revoke, besides the server's own
 * @param partner the other server; empty: there is none
 * @param patience how long a secondary waits for its primary before it takes over
 */
public record LicenceOptions(
    Place place,
    Path identity,
    Path folder,
    List<PublicKey> issuers,
    Set<String> admins,
    Optional<Partner> partner,
    Duration patience,
    Clock clock) {
  /** The port of HPE's licence server. */
  public static final int PORT = 5814;

  public LicenceOptions {
    issuers = List.copyOf(issuers);
    admins = Set.copyOf(admins);
  }

  /**
   * The other server.
   *
   * @param isPrimary whether it is the primary, and this one the secondary
   * @param keyHash of its certificate
   */
  public record Partner(URI url, String keyHash, boolean isPrimary) {}

  /** Options of a server without a partner and without further admins. */
  public static LicenceOptions of(
      Place place, Path identity, Path folder, List<PublicKey> issuers) {
    return new LicenceOptions(
        place,
        identity,
        folder,
        issuers,
        Set.of(),
        Optional.empty(),
        Duration.ofSeconds(15),
        Clock.systemUTC());
  }

  public LicenceOptions withAdmins(Set<String> keyHashes) {
    return new LicenceOptions(
        place, identity, folder, issuers, keyHashes, partner, patience, clock);
  }

  public LicenceOptions withPartner(Partner other) {
    return new LicenceOptions(
        place, identity, folder, issuers, admins, Optional.of(other), patience, clock);
  }

  public LicenceOptions withPatience(Duration newPatience) {
    return new LicenceOptions(
        place, identity, folder, issuers, admins, partner, newPatience, clock);
  }

  public LicenceOptions withClock(Clock newClock) {
    return new LicenceOptions(
        place, identity, folder, issuers, admins, partner, patience, newClock);
  }
}
