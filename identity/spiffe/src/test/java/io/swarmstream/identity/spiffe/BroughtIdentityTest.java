package io.swarmstream.identity.spiffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.Identity;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.OwnCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroughtIdentityTest {
  @TempDir Path temp;

  @Test
  void isRememberedByItsFolder() throws Exception {
    IdentityFolder folder = IdentityFolder.at(temp.resolve("identity"));
    assertThat(BroughtIdentity.rememberedIn(folder)).isEmpty();
    for (BroughtIdentity brought :
        List.of(
            BroughtIdentity.of(
                new OwnCertificates(
                    temp.resolve("key"), temp.resolve("crt"), null, temp.resolve("cas"), null)),
            BroughtIdentity.of(WorkloadSocket.of("/run/agent.sock")))) {
      brought.rememberIn(folder);
      assertThat(BroughtIdentity.rememberedIn(folder)).contains(brought);
    }
  }

  @Test
  void comesFromFilesBeforeItComesFromAWorkloadApi() {
    String socket = "SWARM_SPIFFE_WORKLOAD_API_SOCKET_PATH";
    Map<String, String> files =
        Map.of("SWARM_ID_KEY", "k", "SWARM_ID_CERT", "c", "SWARM_ID_CACERT", "a", socket, "/s");
    assertThat(BroughtIdentity.fromEnvironment(files).orElseThrow().files()).isNotNull();
    assertThat(BroughtIdentity.fromEnvironment(Map.of(socket, "/s")).orElseThrow().socket())
        .isEqualTo(WorkloadSocket.of("/s"));
    assertThat(BroughtIdentity.fromEnvironment(Map.of())).isEmpty();
  }

  /** A root that has been replaced is no partner's, wherever its file stands. */
  @Test
  void partnersAreTheAuthoritiesThatHaveNotIssuedItsCertificate() throws Exception {
    CertificateAuthority own = CertificateAuthority.create(temp.resolve("own"), "Hospital A");
    CertificateAuthority partner = CertificateAuthority.create(temp.resolve("b"), "Hospital B");
    IdentityFolder files = IdentityFolder.at(temp.resolve("files"));
    files.write(
        own.issueFor("node", List.of())
            .withAuthorities(List.of(partner.certificate(), own.certificate())));
    IdentityFolder folder = IdentityFolder.at(temp.resolve("identity"));
    assertThat(BroughtIdentity.partnersRememberedIn(folder)).isEmpty();

    BroughtIdentity.of(
            new OwnCertificates(
                files.path().resolve("key.pem"),
                files.path().resolve("cert.pem"),
                files.path().resolve("ca.pem"),
                null,
                null))
        .rememberIn(folder);

    assertThat(BroughtIdentity.partnersRememberedIn(folder)).containsExactly(partner.certificate());
  }

  @Test
  void keepsTheAuthoritiesThatTheFolderTrustsAlready() throws Exception {
    CertificateAuthority own = CertificateAuthority.create(temp.resolve("own"), "Hospital A");
    CertificateAuthority swarms = CertificateAuthority.create(temp.resolve("swarm"), "Hospital B");
    IdentityFolder files = IdentityFolder.at(temp.resolve("files"));
    files.write(own.issueFor("site-1", List.of()));
    BroughtIdentity brought =
        BroughtIdentity.of(
            new OwnCertificates(
                files.path().resolve("key.pem"),
                files.path().resolve("cert.pem"),
                files.path().resolve("ca.pem"),
                null,
                null));
    brought.check();
    IdentityFolder folder = IdentityFolder.at(temp.resolve("identity"));
    folder.write(swarms.issueFor("site-1", List.of()));
    try (BroughtIdentity.Following unused = brought.follow(folder)) {
      Identity now = folder.readValid();
      assertThat(now.keyHash()).isEqualTo(files.read().keyHash());
      assertThat(now.authorities())
          .containsExactlyInAnyOrder(own.certificate(), swarms.certificate());
    }
    Files.writeString(
        files.path().resolve("cert.pem"), Authorities.pem(List.of(swarms.certificate())));
    assertThatThrownBy(brought::check)
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("key.pem");
  }
}
