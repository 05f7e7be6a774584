package io.swarmstream.network.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.MemberStatus;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.RefusalInfo;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.CertificateRequest;
import io.swarmstream.network.members.SwarmSnapshot;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.ApiRefusal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class RefusalLogTest {
  private static final SwarmSnapshot NOBODY =
      new SwarmSnapshot(List.of(), List.of(), List.of(), Map.of());

  @TempDir private Path folder;
  private Path file;
  private RefusalLog log;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void open() throws Exception {
    file = folder.resolve("refused.log");
    log = new RefusalLog(file, () -> NOBODY, () -> now);
  }

  @AfterEach
  void close() throws Exception {
    log.close();
  }

  private void refuse(int status, String code, String address, X509Certificate... shown) {
    log.note(
        new ApiRefusal(
            "GET",
            "/v1/members",
            address,
            List.of(shown),
            ApiProblem.of(status, code, "no"),
            null));
  }

  @Test
  void countsWhatIsRepeated() throws Exception {
    refuse(401, "no-certificate", "10.0.0.1");
    now = now.plusSeconds(3);
    refuse(401, "no-certificate", "10.0.0.1");

    assertThat(log.all())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.count()).isEqualTo(2);
              assertThat(found.first()).isEqualTo("2026-01-01T00:00:00Z");
              assertThat(found.last()).isEqualTo("2026-01-01T00:00:03Z");
            });
    log.close();
    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  @Test
  void theNewestIsFirst() {
    refuse(401, "no-certificate", "10.0.0.1");
    now = now.plusMillis(500);
    refuse(403, "missing-role", "10.0.0.2");
    now = now.minusMillis(600);
    refuse(401, "no-certificate", "10.0.0.3");

    // As text, a whole second sorts behind its fractions.
    assertThat(log.all())
        .extracting(RefusalInfo::address)
        .containsExactly("10.0.0.2", "10.0.0.1", "10.0.0.3");
  }

  @Test
  void namesMembersByTheirSpiffeId() throws Exception {
    X509Certificate shown = svid("spiffe://a.org/site");
    SwarmSnapshot swarm =
        new SwarmSnapshot(
            List.of(
                new Member(
                    "0x" + "1".repeat(40),
                    "hospital-a",
                    "org-a",
                    Set.of(Role.SITE),
                    MemberStatus.SUSPENDED,
                    1,
                    "",
                    "spiffe://a.org/site",
                    "")),
            List.of(),
            List.of(),
            Map.of());
    try (RefusalLog named = new RefusalLog(folder.resolve("named.log"), () -> swarm, () -> now)) {
      named.note(
          new ApiRefusal(
              "GET",
              "/v1/members",
              "10.0.0.1",
              List.of(shown),
              ApiProblem.of(403, "not-active", "hospital-a is suspended"),
              null));

      assertThat(named.all()).extracting(RefusalInfo::member).containsExactly("hospital-a");
    }
  }

  /** A certificate with a SPIFFE id, of whatever authority. */
  private static X509Certificate svid(String id) throws Exception {
    KeyPair pair = CertificateRequest.newKey();
    X500Name name = new X500Name("O=workload");
    Date day = Date.from(Instant.parse("2026-01-01T00:00:00Z"));
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(name, BigInteger.ONE, day, day, name, pair.getPublic())
                .addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, id)))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  @Test
  void noRequestWaitsForADisk() throws Exception {
    CountDownLatch disk = new CountDownLatch(1);
    List<String> written = new CopyOnWriteArrayList<>();
    RefusalLog.Lines slow =
        new RefusalLog.Lines() {
          @Override
          public void add(String line) {
            try {
              if (disk.await(10, TimeUnit.SECONDS)) {
                written.add(line);
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void close() {}
        };
    try (RefusalLog slowly = new RefusalLog(slow, () -> NOBODY, () -> now)) {
      slowly.note(
          new ApiRefusal(
              "GET",
              "/v1/members",
              "10.0.0.1",
              List.of(),
              ApiProblem.of(401, "no-certificate", "no"),
              null));

      assertThat(slowly.all()).hasSize(1);
      assertThat(written).isEmpty();
      disk.countDown();
    }
    assertThat(written).as("closing writes what waits").hasSize(1);
  }

  @Test
  void strangersFillNeitherMemoryNorDiskAndHideNoMember() throws Exception {
    CertificateAuthority authority = CertificateAuthority.create(folder.resolve("ca"), "org-a");
    refuse(403, "missing-role", "10.1.1.1", authority.issueFor("a", List.of()).leaf());
    for (int i = 0; i < 10_000; i++) {
      refuse(401, "no-certificate", "10.0." + i / 256 + "." + i % 256);
    }

    assertThat(log.all()).hasSize(RefusalLog.MOST_OF_STRANGERS + 1);
    assertThat(log.all()).extracting(RefusalInfo::code).contains("missing-role");
    awaitLines(60);

    now = now.plus(Duration.ofSeconds(2));
    refuse(401, "no-certificate", "10.9.9.9");
    assertThat(awaitLines(62)).contains("{\"notWritten\":9941}");
  }

  private List<String> awaitLines(int count) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Files.readAllLines(file), lines -> lines.size() == count);
  }

  @Test
  void whatIsNoActIsNotNoted() {
    refuse(400, "bad-value", "10.0.0.1");
    refuse(404, "not-found", "10.0.0.1");
    refuse(503, "busy", "10.0.0.1");

    assertThat(log.all()).isEmpty();
  }
}
