package io.swarmstream.clients.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.schemas.wire.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The topics in {@code deploy/kubernetes} are those that the job would make. */
class KubernetesTopicsTest {
  private static final Path MANIFEST = Path.of("../../deploy/kubernetes/own-rights/topics.yaml");
  private static final Pattern PARTITIONS = Pattern.compile("  partitions: (\\d+)");
  private static final Pattern SETTING = Pattern.compile("(?m)^    ([\\w.]+): \"?([^\"\\n]+)\"?$");

  @ParameterizedTest
  @EnumSource(Topic.class)
  void hasWhatTheJobWouldSet(Topic topic) throws Exception {
    TopicOptions options = TopicOptions.defaults().withReplicationFactor(3);
    String name = topic.of("digits");
    String manifest = document(name);

    Matcher partitions = PARTITIONS.matcher(manifest);
    assertThat(partitions.find()).as(name).isTrue();
    assertThat(partitions.group(1))
        .isEqualTo(Integer.toString(TopicSettings.partitions(topic, options)));
    Map<String, String> settings = new LinkedHashMap<>();
    Matcher setting = SETTING.matcher(manifest);
    while (setting.find()) {
      settings.put(setting.group(1), setting.group(2));
    }
    assertThat(settings).isEqualTo(TopicSettings.of(topic, options));
  }

  private static String document(String topic) throws Exception {
    for (String document : Files.readString(MANIFEST).split("\\n---\\n", -1)) {
      if (document.contains("  name: " + topic + "\n")) {
        return document;
      }
    }
    throw new AssertionError("no topic " + topic + " in " + MANIFEST);
  }
}
