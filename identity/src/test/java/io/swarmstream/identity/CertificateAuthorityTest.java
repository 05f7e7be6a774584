package io.swarmstream.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  @TempDir Path folder;
  private CertificateAuthority authority;

  @BeforeEach
  void create() throws IOException {
    authority = CertificateAuthority.create(folder, "Hospital A");
  }

  @Test
  void isARootThatIssuesLeavesOnly() {
    X509Certificate root = authority.certificate();
    assertThat(root.getBasicConstraints()).isZero();
    assertThat(root.getKeyUsage()).startsWith(false, false, false, false, false, true, true);
    assertThat(authority.organisation()).isEqualTo("Hospital A");
  }

  @Test
  void issuesForServersAndClientsUnderItsOwnOrganisation() throws Exception {
    KeyPair key = CertificateRequest.newKey();
    X509Certificate leaf =
        authority.issue(
            CertificateRequest.of(key, "anything"), "site-1", List.of("node.a", "127.0.0.1"));
    assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("O=Hospital A,CN=site-1");
    assertThat(leaf.getExtendedKeyUsage()).containsExactly(SERVER_AUTH, CLIENT_AUTH);
    assertThat(leaf.getBasicConstraints()).isNegative();
    assertThat(leaf.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly("node.a", "127.0.0.1");
    leaf.verify(authority.certificate().getPublicKey());
    assertThat(KeyHash.of(leaf)).isEqualTo(KeyHash.of(key.getPublic())).hasSize(64);
  }

  @Test
  void backdatesForSlowClocksAndAsksForRenewalWhenAThirdIsLeft() {
    Identity identity = authority.issueFor("site-1", List.of());
    Instant now = Instant.now();
    assertThat(identity.leaf().getNotBefore().toInstant())
        .isBefore(now.minus(Duration.ofMinutes(9)));
    assertThat(identity.expiresAt())
        .isBetween(now.plus(Duration.ofDays(89)), now.plus(Duration.ofDays(91)));
    assertThat(Duration.between(now, identity.renewAt()).toDays()).isBetween(59L, 60L);
    assertThat(identity.expiresWithin(Duration.ofDays(91))).isTrue();
    assertThat(identity.expiresWithin(Duration.ofDays(89))).isFalse();
  }

  @Test
  void givesEachCertificateARandomSerial() {
    assertThat(authority.issueFor("a", List.of()).leaf().getSerialNumber())
        .isNotEqualTo(authority.issueFor("a", List.of()).leaf().getSerialNumber());
  }

  @Test
  void refusesARequestWhoseSenderDoesNotHaveTheKey() throws Exception {
    KeyPair own = CertificateRequest.newKey();
    KeyPair foreign = CertificateRequest.newKey();
    byte[] forged =
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=x"), foreign.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(own.getPrivate()))
            .getEncoded();
    CertificateRequest request = CertificateRequest.ofPem(Pem.of("CERTIFICATE REQUEST", forged));
    assertThat(request.keyHash()).isEqualTo(KeyHash.of(foreign.getPublic()));
    assertThatThrownBy(() -> authority.issue(request, "x", List.of()))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("not signed with the key");
  }

  @Test
  void refusesNamesThatItMayNotVouchFor() {
    CertificateRequest request = CertificateRequest.of(CertificateRequest.newKey(), "x");
    assertThatThrownBy(() -> authority.issue(request, "x", List.of("spiffe://other/admin")))
        .hasMessageContaining("SPIFFE server of its trust domain");
    assertThatThrownBy(() -> authority.issue(request, "x", List.of("no host\n")))
        .hasMessageContaining("neither a host name");
    assertThatThrownBy(() -> authority.issue(request, "n".repeat(65), List.of()))
        .hasMessageContaining("1 to 64 characters");
  }

  @Test
  void endsNoLeafAfterItself() {
    Clock late =
        Clock.fixed(
            authority.certificate().getNotAfter().toInstant().minus(Duration.ofDays(1)),
            ZoneOffset.UTC);
    assertThat(authority.withClock(late).issueFor("x", List.of()).expiresAt())
        .isEqualTo(authority.certificate().getNotAfter().toInstant());
  }

  @Test
  void isReadAgainFromItsPrivateFolder() throws IOException {
    CertificateAuthority again = CertificateAuthority.open(folder);
    assertThat(again.certificate()).isEqualTo(authority.certificate());
    assertThat(again.issueFor("x", List.of()).problem(Instant.now())).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.pem"))))
        .isEqualTo("rw-------");
  }

  @Test
  void neverReplacesAnAuthority() {
    assertThatThrownBy(() -> CertificateAuthority.create(folder, "x"))
        .hasMessageContaining("has an authority already");
  }

  @Test
  void renewsTheSameKey() {
    Identity first = authority.issueFor("site-1", List.of());
    Identity renewed = authority.renew(first, List.of());
    assertThat(renewed.keyHash()).isEqualTo(first.keyHash());
    assertThat(renewed.name()).isEqualTo("site-1");
    assertThat(renewed.leaf()).isNotEqualTo(first.leaf());
    assertThat(renewed.problem(Instant.now())).isEmpty();
  }

  @Test
  void issuesForRsaAndEdwardsKeysOfOthersButNotForWeakOnes() throws Exception {
    for (String kind : List.of("RSA", "Ed25519")) {
      KeyPair key = KeyPairGenerator.getInstance(kind).generateKeyPair();
      Identity identity = authority.issueFor(key, "x", List.of(), Duration.ofDays(1));
      assertThat(identity.problem(Instant.now())).as(kind).isEmpty();
    }
    KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
    weak.initialize(1024);
    KeyPair key = weak.generateKeyPair();
    assertThatThrownBy(() -> CertificateRequest.of(key, "x")).hasMessageContaining("1024 bits");
  }

  @Test
  void readsNoOtherTextAsARequest() {
    assertThatThrownBy(() -> CertificateRequest.ofPem("hello"))
        .hasMessageContaining("BEGIN CERTIFICATE REQUEST");
    assertThatThrownBy(() -> CertificateRequest.ofPem("x".repeat(20_000)))
        .hasMessageContaining("allowed are 16384");
    CertificateRequest request = CertificateRequest.of(CertificateRequest.newKey(), "site-1");
    CertificateRequest read = CertificateRequest.ofPem(request.pem());
    assertThat(read.name()).isEqualTo("site-1");
    assertThat(read.hasProof()).isTrue();
  }
}
