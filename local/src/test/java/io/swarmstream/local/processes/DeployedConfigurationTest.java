package io.swarmstream.local.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration that users begin production with. */
class DeployedConfigurationTest {
  private static final Path DEPLOY =
      Objects.requireNonNull(Path.of("").toAbsolutePath().getParent()).resolve("deploy");

  @TempDir Path folder;

  @Test
  void letsNobodyInThatItDoesNotKnow() throws Exception {
    Configuration flink =
        GlobalConfiguration.loadConfiguration(DEPLOY.resolve("flink/conf").toString());

    assertThat(flink.get(WebOptions.SUBMIT_ENABLE)).isFalse();
    assertThat(flink.get(WebOptions.CANCEL_ENABLE)).isFalse();
    assertThat(flink.getOptional(WebOptions.ACCESS_CONTROL_ALLOW_ORIGIN)).isEmpty();
    assertThat(flink.get(RestOptions.BIND_ADDRESS)).isEqualTo("localhost");
    assertThat(flink.get(JobManagerOptions.BIND_HOST)).isEqualTo("localhost");
    assertThat(flink.get(TaskManagerOptions.BIND_HOST)).isEqualTo("localhost");
    assertThat(DEPLOY.resolve("flink/conf/zoo.cfg"))
        .content()
        .contains("clientPortAddress=localhost", "admin.enableServer=false");
    assertThat(DEPLOY.resolve("kafka/conf/server.properties"))
        .content()
        .contains("listeners=CLIENT://localhost:", ",CONTROLLER://localhost:");
  }

  @Test
  void asksEverybodyForACertificateWhereItIsSecured() throws Exception {
    Properties zooKeeper = properties("flink/conf/zoo-secured.cfg");
    assertThat(zooKeeper).doesNotContainKeys("clientPort", "clientPortAddress");
    assertThat(zooKeeper).containsEntry("ssl.clientAuth", "need").containsKey("secureClientPort");
    assertThat(properties("kafka/conf/secured.properties"))
        .containsEntry("listener.security.protocol.map", "CLIENT:SSL,CONTROLLER:SSL")
        .containsEntry("allow.everyone.if.no.acl.found", "false")
        .containsEntry("super.users", "");
  }

  private static Properties properties(String file) throws IOException {
    return TextFile.properties(DEPLOY.resolve(file));
  }

  /** What it says of mutual TLS holds as it stands, without its "#". */
  @Test
  void turnsMutualTlsOnWhereItSaysSo() throws Exception {
    String text =
        Files.readAllLines(DEPLOY.resolve("flink/conf/config.yaml")).stream()
            .map(line -> line.matches("#(security:| {2,}.*)") ? line.substring(1) : line)
            .collect(Collectors.joining("\n"));
    Files.writeString(folder.resolve("config.yaml"), text);

    Configuration flink = GlobalConfiguration.loadConfiguration(folder.toString());

    assertThat(SecurityOptions.isRestSSLAuthenticationEnabled(flink)).isTrue();
    assertThat(SecurityOptions.isInternalSSLEnabled(flink)).isTrue();
    for (String part : new String[] {"rest", "internal"}) {
      for (String key :
          new String[] {
            "keystore", "keystore-password", "key-password", "truststore", "truststore-password"
          }) {
        assertThat(flink.toMap()).containsKey("security.ssl." + part + "." + key);
      }
    }
  }
}
