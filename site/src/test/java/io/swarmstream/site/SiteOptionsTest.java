package io.swarmstream.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.schemas.layout.ModelLayout;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SiteOptionsTest {
  private static final String ADDRESS = "0x" + "1".repeat(40);

  private final SiteOptions defaults =
      SiteOptions.of(
          "digits",
          KafkaEndpoint.of("broker:9092"),
          ChainOptions.of("http://node:8545", ADDRESS, ADDRESS));

  @Test
  void haveTheDocumentedDefaults() {
    assertThat(defaults.joinDeadline()).hasSeconds(60);
    assertThat(defaults.resendAfter()).hasSeconds(10);
    assertThat(defaults.anchorPatience()).hasSeconds(5);
    assertThat(defaults.anchorRequired()).isFalse();
    assertThat(defaults.modelFolder()).isEmpty();
    assertThat(defaults.memoryFolder()).isEmpty();
    assertThat(defaults.layout()).isEmpty();
  }

  @Test
  void keepAllThatWasSetBefore() {
    Path models = Path.of("models");
    Path memory = Path.of("memory");
    ModelLayout layout = ModelLayout.parse("w:3");

    SiteOptions changed =
        defaults
            .withJoinDeadline(Duration.ofSeconds(1))
            .withResendAfter(Duration.ofSeconds(2))
            .withAnchors(Duration.ofSeconds(3), true)
            .withModelFolder(models)
            .withMemoryFolder(memory)
            .withLayout(layout);

    assertThat(changed.contract()).isEqualTo("digits");
    assertThat(changed.kafka()).isEqualTo(defaults.kafka());
    assertThat(changed.chain()).isEqualTo(defaults.chain());
    assertThat(changed.joinDeadline()).hasSeconds(1);
    assertThat(changed.resendAfter()).hasSeconds(2);
    assertThat(changed.anchorPatience()).hasSeconds(3);
    assertThat(changed.anchorRequired()).isTrue();
    assertThat(changed.modelFolder()).contains(models);
    assertThat(changed.memoryFolder()).contains(memory);
    assertThat(changed.layout()).contains(layout);
    assertThat(defaults.resendAfter()).hasSeconds(10);
  }
}
