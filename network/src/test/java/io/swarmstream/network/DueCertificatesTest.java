package io.swarmstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.network.folder.NetworkFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class DueCertificatesTest {
  private static final List<String> NAMES = List.of("kafka.example", "127.0.0.1", "localhost");

  @TempDir private Path temp;
  private NetworkFolder node;
  private CertificateAuthority authority;

  @BeforeEach
  void open() throws Exception {
    node = NetworkFolder.open(temp.resolve("network"));
    authority = CertificateAuthority.create(node.authority(), "org-a");
  }

  private IdentityFolder issued(CertificateAuthority by, String name, Duration ago)
      throws Exception {
    Clock then = Clock.offset(Clock.systemUTC(), ago.negated());
    IdentityFolder folder = IdentityFolder.at(temp.resolve(name));
    folder.write(
        by.withClock(then)
            .issueFor(
                CertificateRequest.newKey(), name, NAMES, CertificateAuthority.LEAF_VALIDITY));
    return folder;
  }

  private void renew() {
    new DueCertificates(node, InstantSource.system()).renew();
  }

  @Test
  void aProgramBesideTheNodeGetsACertificateForTheSameKeyAndNames() throws Exception {
    IdentityFolder broker = issued(authority, "broker", Duration.ofDays(61));
    node.identity().write(authority.issueFor("org-a", NAMES));
    node.setTrusting(List.of(broker.path()));
    Identity before = broker.read();
    Identity fresh = node.identity().read();

    renew();

    Identity now = broker.read();
    assertThat(now.expiresAt()).isAfter(Instant.now().plus(Duration.ofDays(89)));
    assertThat(now.keyHash()).isEqualTo(before.keyHash());
    assertThat(now.leaf().getSubjectAlternativeNames())
        .containsExactlyInAnyOrderElementsOf(before.leaf().getSubjectAlternativeNames());
    assertThat(node.identity().read()).isEqualTo(fresh);
  }

  @Test
  void theNodesOwnIsRenewedToo() throws Exception {
    node.identity().write(issued(authority, "old", Duration.ofDays(61)).read());

    renew();

    assertThat(node.identity().read().expiresAt()).isAfter(Instant.now().plus(Duration.ofDays(89)));
  }

  @Test
  void whatAnotherAuthorityHasIssuedIsLeftAlone() throws Exception {
    CertificateAuthority other = CertificateAuthority.create(temp.resolve("other"), "org-a");
    node.identity().write(issued(other, "brought", Duration.ofDays(80)).read());
    Identity before = node.identity().read();

    renew();

    assertThat(node.identity().read()).isEqualTo(before);
  }
}
