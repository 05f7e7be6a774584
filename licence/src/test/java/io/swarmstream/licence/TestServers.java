package io.swarmstream.licence;

import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.schemas.processes.FreePort;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;

/** Licence servers of a test and the certificates of their callers, of three authorities. */
final class TestServers {
  private static final Duration PATIENCE = Duration.ofMillis(600);

  private final Path folder;
  private final Clock clock;
  private final Map<String, CertificateAuthority> authorities = new TreeMap<>();
  private final int primaryPort = FreePort.any();
  private final int secondaryPort = FreePort.any();

  TestServers(Path folder, Clock clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    for (String organisation : List.of("hospital-a", "hospital-b", "study")) {
      authorities.put(
          organisation,
          CertificateAuthority.create(folder.resolve("authority-" + organisation), organisation));
    }
    for (String name : List.of("primary", "secondary")) {
      write("study", name);
    }
  }

  /** An identity of an organisation that trusts all three authorities. */
  private Path write(String organisation, String name) throws IOException {
    Path path = folder.resolve("identity-" + name);
    if (IdentityFolder.at(path).exists()) {
      return path;
    }
    List<X509Certificate> all = new ArrayList<>();
    authorities.values().forEach(authority -> all.add(authority.certificate()));
    Identity identity =
        authority(organisation).issueFor(name, List.of("127.0.0.1")).withAuthorities(all);
    IdentityFolder.at(path).write(identity);
    return path;
  }

  private CertificateAuthority authority(String organisation) {
    CertificateAuthority found = authorities.get(organisation);
    if (found == null) {
      throw new IllegalArgumentException(organisation + " has no authority in this test");
    }
    return found;
  }

  private String keyHash(String name) {
    return IdentityFolder.at(folder.resolve("identity-" + name)).read().keyHash();
  }

  private LicenceOptions options(String name, int port) {
    return LicenceOptions.of(
            new Place("127.0.0.1", port),
            folder.resolve("identity-" + name),
            folder.resolve("leases-" + name),
            List.of(TestLicences.ISSUER.getPublic()))
        .withClock(clock)
        .withPatience(PATIENCE);
  }

  LicenceServer alone() throws IOException, InterruptedException {
    return LicenceServer.start(options("primary", 0));
  }

  LicenceServer primary() throws IOException, InterruptedException {
    return LicenceServer.start(
        options("primary", primaryPort)
            .withPartner(
                new LicenceOptions.Partner(url(secondaryPort), keyHash("secondary"), false)));
  }

  LicenceServer secondary() throws IOException, InterruptedException {
    return LicenceServer.start(
        options("secondary", secondaryPort)
            .withPartner(new LicenceOptions.Partner(url(primaryPort), keyHash("primary"), true)));
  }

  private static URI url(int port) {
    return URI.create("https://127.0.0.1:" + port);
  }

  URI primaryUri() {
    return url(primaryPort);
  }

  URI secondaryUri() {
    return url(secondaryPort);
  }

  /** A client of an organisation. */
  LicenceClient client(String organisation, URI... servers) throws IOException {
    return new LicenceClient(List.of(servers), tls(organisation));
  }

  SSLContext tls(String organisation) throws IOException {
    return ReloadingTls.of(write(organisation, "node-" + organisation)).context();
  }

  /** A client with the first server's own certificate. */
  LicenceClient admin(URI... servers) {
    return new LicenceClient(List.of(servers), adminTls());
  }

  SSLContext adminTls() {
    return ReloadingTls.of(folder.resolve("identity-primary")).context();
  }

  /** Trusts the servers. */
  X509ExtendedTrustManager trust() {
    return ReloadingTls.of(folder.resolve("identity-primary")).trustManager();
  }

  /** The two servers of a pair that do not reach each other. */
  LicenceServer apart(String name, boolean isPrimary) throws IOException, InterruptedException {
    String other = isPrimary ? "secondary" : "primary";
    return LicenceServer.start(
        options(name, isPrimary ? primaryPort : secondaryPort)
            .withPartner(new LicenceOptions.Partner(url(1), keyHash(other), !isPrimary)));
  }
}
