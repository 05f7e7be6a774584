package io.swarmstream.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnCertificatesTest {
  @TempDir Path temp;
  private CertificateAuthority authority;
  private CertificateAuthority other;
  private Identity identity;
  private IdentityFolder folder;

  @BeforeEach
  void write() throws IOException {
    authority = CertificateAuthority.create(temp.resolve("ca-a"), "Hospital A");
    other = CertificateAuthority.create(temp.resolve("ca-b"), "Hospital B");
    identity = authority.issueFor("site-1", List.of());
    folder = IdentityFolder.at(temp.resolve("identity"));
    put(identity);
    Files.createDirectory(temp.resolve("capath"));
    Files.writeString(
        temp.resolve("capath/1a2b3c4d.0"), Authorities.pem(List.of(authority.certificate())));
    Files.writeString(
        temp.resolve("capath/a.pem"),
        Authorities.pem(List.of(authority.certificate(), other.certificate())));
    Files.writeString(temp.resolve("capath/README"), "hello");
    Files.writeString(temp.resolve("capath/key.pem"), PrivateKeys.pem(identity.key()));
  }

  private void put(Identity own) throws IOException {
    Files.writeString(temp.resolve("own.key"), PrivateKeys.pem(own.key()));
    Files.writeString(temp.resolve("own.crt"), Pem.of(own.chain()));
  }

  private OwnCertificates own() {
    return OwnCertificates.fromEnvironment(
            Map.of(
                "SWARM_ID_KEY", temp.resolve("own.key").toString(),
                "SWARM_ID_CERT", temp.resolve("own.crt").toString(),
                "SWARM_ID_CAPATH", temp.resolve("capath").toString()))
        .orElseThrow();
  }

  @Test
  void areCopiedFromWhereHpesVariablesSay() throws IOException {
    assertThat(own().refresh(folder, List.of())).isTrue();
    assertThat(folder.readValid().leaf()).isEqualTo(identity.leaf());
    assertThat(folder.read().authorities())
        .containsExactly(authority.certificate(), other.certificate());
    assertThat(own().refresh(folder, List.of())).as("nothing has changed").isFalse();
  }

  @Test
  void trustOthersBesides() throws IOException {
    CertificateAuthority third = CertificateAuthority.create(temp.resolve("ca-c"), "Hospital C");
    assertThat(own().refresh(folder, List.of(third.certificate()))).isTrue();
    assertThat(folder.read().authorities()).hasSize(3).contains(third.certificate());
  }

  @Test
  void areNoneWithoutVariables() {
    assertThat(OwnCertificates.fromEnvironment(Map.of("SWARM_ID_KEY", ""))).isEmpty();
  }

  @Test
  void saysWhichVariableIsMissing() {
    assertThatThrownBy(
            () ->
                OwnCertificates.fromEnvironment(Map.of("SWARM_ID_KEY", "k", "SWARM_ID_CERT", "c")))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("one of SWARM_ID_CACERT and SWARM_ID_CAPATH")
        .hasMessageContaining("are set: [SWARM_ID_KEY, SWARM_ID_CERT]");
  }

  @Test
  void leaveTheFolderAsItIsWhenAFileIsBroken() throws IOException {
    own().refresh(folder, List.of());
    Files.writeString(
        temp.resolve("own.key"), PrivateKeys.pem(CertificateRequest.newKey().getPrivate()));
    assertThatThrownBy(() -> own().refresh(folder, List.of()))
        .hasMessageContaining("own.key")
        .hasMessageContaining("does not belong");
    assertThat(folder.readValid().leaf()).isEqualTo(identity.leaf());
  }

  @Test
  void areFollowedWhenTheyChange() throws IOException {
    Identity renewed = authority.issueFor("site-1", List.of());
    OwnCertificates own = own();
    own.refresh(folder, List.of());
    try (IdentityFollower unused =
        new IdentityFollower(
            folder, () -> own.refresh(folder, List.of()), Duration.ofMillis(100))) {
      put(renewed);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> folder.read().keyHash(), renewed.keyHash()::equals);
    }
  }

  @Test
  void ofAnotherKeyAreNotTakenOverWhileAMemberIsKnownByThePresentOne() throws IOException {
    OwnCertificates own = own();
    own.requireKeyOf(folder); // nobody is known yet
    own.refresh(folder, List.of());
    own.requireKeyOf(folder);
    put(authority.issueFor("site-1", List.of()));
    assertThatThrownBy(() -> own.requireKeyOf(folder))
        .hasMessageContaining("known by " + identity.keyHash())
        .hasMessageContaining("site rotate-key");
  }

  @Test
  void nameTheirFilesAsTheVariablesDo() {
    OwnCertificates own = own();
    assertThat(OwnCertificates.fromEnvironment(own.variables())).contains(own);
  }

  @Test
  void theIssuerIsTheAuthorityAtWhichTheCertificateEnds() {
    Identity several =
        identity.withAuthorities(List.of(other.certificate(), authority.certificate()));
    assertThat(several.issuer()).contains(authority.certificate());
    assertThat(identity.withAuthorities(List.of(other.certificate())).issuer()).isEmpty();
  }

  @Test
  void anAuthorityIsToldFromALeaf() throws IOException {
    Authorities.check(authority.certificate());
    assertThatThrownBy(() -> Authorities.check(identity.leaf()))
        .hasMessageContaining("is no authority");
    assertThat(Authorities.fingerprint(authority.certificate()))
        .hasSize(64)
        .isNotEqualTo(Authorities.fingerprint(other.certificate()));
    assertThat(Authorities.ofDer(Authorities.der(authority.certificate())))
        .isEqualTo(authority.certificate());
    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertThatThrownBy(() -> Authorities.ofFolder(empty)).hasMessageContaining("no certificate");
  }
}
