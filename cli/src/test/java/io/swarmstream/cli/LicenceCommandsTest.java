package io.swarmstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.licence.LeaseRequest;
import io.swarmstream.licence.LicenceClient;
import io.swarmstream.licence.LicenceUnreachableException;
import io.swarmstream.schemas.processes.FreePort;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/licence.md, with other folders and another port. */
@SuppressWarnings("NullAway.Init")
@Timeout(120)
class LicenceCommandsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Path licence;

  private static Ran ran(Object... words) {
    List<String> args = new ArrayList<>(List.of("licence"));
    for (Object word : words) {
      args.add(word.toString());
    }
    return Ran.swarm(args.toArray(String[]::new));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  @BeforeEach
  void issue() throws Exception {
    assertThat(ran("key", file("issuer.pem")).out()).contains("issuer.pub.pem");
    Files.writeString(
        file("entitlement.yaml"),
        """
        study: covid-ct
        until: 2099-12-31
        organisations:
          - {name: hospital-a, sn: 1, sl: 1, swop: 0}
        """);
    Ran issued = ran("issue", file("entitlement.yaml"), "--key", file("issuer.pem"));
    assertThat(issued.err()).isEmpty();
    licence = Files.writeString(file("study.licence"), issued.out());
  }

  @Test
  void showsWhatALicenceSaysAndWhoHasSignedIt() {
    Ran shown = ran("show", licence, "--issuer", file("issuer.pub.pem"));
    var unused = ran("key", file("other.pem"));

    assertThat(shown.out())
        .contains("hospital-a may run 1 network nodes (SN), 1 site nodes (SL)", "Signed by the");
    assertThat(ran("show", licence).out()).contains("Nobody has checked its signature");
    Ran refused = ran("show", licence, "--issuer", file("other.pub.pem"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("signed by none of the 1 issuers");
  }

  @Test
  void signsWithNoKeyThatOthersCanRead() throws Exception {
    Files.setPosixFilePermissions(file("issuer.pem"), PosixFilePermissions.fromString("rw-r--r--"));

    Ran refused = ran("issue", file("entitlement.yaml"), "--key", file("issuer.pem"));

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("chmod 600");
    assertThat(ran("key", file("issuer.pem")).err()).contains("Name another file");
  }

  @Test
  void givesRevokesAndReadmits() throws Exception {
    Path identity = file("identity");
    IdentityFolder.at(identity)
        .write(
            CertificateAuthority.create(file("authority"), "hospital-a")
                .issueFor("licences", List.of("127.0.0.1")));
    int port = FreePort.any();
    Thread serving =
        new Thread(
            () ->
                ran(
                    "serve",
                    "--identity",
                    identity,
                    "--issuer",
                    file("issuer.pub.pem"),
                    "--install",
                    licence,
                    "--port",
                    port,
                    "--folder",
                    file("leases")));
    serving.start();
    try {
      String server = "https://127.0.0.1:" + port;
      LicenceClient client =
          new LicenceClient(List.of(URI.create(server)), ReloadingTls.of(identity).context());
      awaitServer(client);
      String id = client.take(new LeaseRequest("SL", "hospital-a", "ct-1")).id();
      Object[] at = {"--server", server, "--identity", identity};

      assertThat(ran("install", licence, at[0], at[1], at[2], at[3]).out()).contains("hospital-a");
      assertThat(ran("leases", at[0], at[1], at[2], at[3]).out())
          .contains(id, "hospital-a SL ct-1, since ");
      assertThat(ran("revoke", id, at[0], at[1], at[2], at[3]).out()).contains("ct-1");
      assertThat(ran("leases", at[0], at[1], at[2], at[3]).out()).contains("revoked at");
      assertThat(ran("readmit", id, at[0], at[1], at[2], at[3]).code()).isZero();
      assertThat(ran("revoke", id, at[0], at[1], at[2], at[3]).err()).contains("there is no lease");
    } finally {
      serving.interrupt();
      serving.join(DEADLINE.toMillis());
    }
  }

  private static void awaitServer(LicenceClient client) throws InterruptedException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      try {
        if (!client.entitlements().isEmpty()) {
          return;
        }
      } catch (LicenceUnreachableException e) {
        assertThat(System.nanoTime()).as("the server did not start: " + e).isLessThan(end);
      }
      Thread.sleep(50);
    }
  }
}
