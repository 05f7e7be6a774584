package io.swarmstream.clients.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPropertiesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        SslConfigs.SSL_KEY_PASSWORD_CONFIG,
        SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
        SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
        SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
        SaslConfigs.SASL_JAAS_CONFIG,
        "listener.name.x.sasl.jaas.config",
        "sasl.oauthbearer.client.credentials.client.secret"
      })
  void takesNoSecretFromACommandLine(String name) {
    assertThatThrownBy(() -> ClientProperties.of(null, Map.of(name, "hunter2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(name, "--kafka-config")
        .hasMessageNotContaining("hunter2");
  }

  /** Those that Kafka itself would hide in its log. */
  @Test
  void knowsEverySecretOfKafkasClients() {
    ProducerConfig.configDef().configKeys().values().stream()
        .filter(key -> key.type == ConfigDef.Type.PASSWORD)
        .filter(key -> !key.name.endsWith("certificates") && !key.name.endsWith("chain"))
        .forEach(key -> assertThat(ClientProperties.isSecret(key.name)).as(key.name).isTrue());
  }

  @Test
  void readsAFileThatAnEditorOfAnotherSystemHasWritten() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("client.properties"),
            "\uFEFFsecurity.protocol=SASL_SSL\r\nsasl.jaas.config=a b;\r\nclient.id=x\r\n");

    assertThat(ClientProperties.of(file, Map.of("client.id", "y")))
        .isEqualTo(
            Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "a b;", "client.id", "y"));
  }

  @Test
  void saysWhichFileIsMissing() {
    Path file = folder.resolve("nowhere");

    assertThatThrownBy(() -> ClientProperties.of(file, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString());
  }
}
