package io.swarmstream.clients.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.wire.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TopicSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "DELTAS,delete",
    "MODELS,compact",
    "ROUNDS,compact",
    "REJECTIONS,delete",
    "SITES,compact",
    "OPTIMIZER,compact"
  })
  void keepsForEverWhatALaterReaderNeeds(Topic topic, String policy) {
    assertThat(TopicSettings.of(topic, TopicOptions.defaults()))
        .containsEntry("cleanup.policy", policy);
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheLimitOnRecordsToTheBroker(Topic topic) {
    assertThat(TopicSettings.of(topic, TopicOptions.defaults()))
        .doesNotContainKey("max.message.bytes");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"MODELS", "OPTIMIZER"},
      mode = EnumSource.Mode.EXCLUDE)
  void trustsNoClockOfASite(Topic topic) {
    assertThat(TopicSettings.of(topic, TopicOptions.defaults()))
        .containsEntry("message.timestamp.type", "LogAppendTime");
  }

  @ParameterizedTest
  @EnumSource(names = {"MODELS", "OPTIMIZER"})
  void takesWhateverTheJobsClockSays(Topic topic) {
    assertThat(TopicSettings.of(topic, TopicOptions.defaults()))
        .containsEntry("message.timestamp.type", "CreateTime")
        .containsEntry("message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE))
        .containsEntry("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
  }

  @Test
  void survivesTheLossOfOneOfThreeReplicas() {
    TopicOptions options = TopicOptions.defaults();
    assertThat(TopicSettings.of(Topic.MODELS, options.withReplicationFactor(3)))
        .containsEntry("min.insync.replicas", "2");
    assertThat(TopicSettings.of(Topic.MODELS, options)).doesNotContainKey("min.insync.replicas");
  }

  @Test
  void refusesNoPartitions() {
    assertThatThrownBy(() -> TopicOptions.defaults().withPartitions(0, 1))
        .hasMessageContaining("deltaPartitions is 0");
  }
}
