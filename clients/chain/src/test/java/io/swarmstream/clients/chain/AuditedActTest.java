package io.swarmstream.clients.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.crypto.Hash;

class AuditedActTest {
  /** They carry the long texts of acts that have another event. */
  private static final Set<String> TEXTS = Set.of("TaskBodyWritten", "PeerDescribed");

  @Test
  void knowsEveryEventOfTheCommittedContractsAndNoOther() throws Exception {
    TreeSet<String> topics = new TreeSet<>();
    for (JsonNode event : events()) {
      List<String> types = new ArrayList<>();
      event.get("inputs").forEach(input -> types.add(input.get("type").asText()));
      topics.add(Hash.sha3String(event.get("name").asText() + "(" + String.join(",", types) + ")"));
    }

    assertThat(Arrays.stream(AuditedAct.values()).map(AuditedAct::topic))
        .containsExactlyInAnyOrderElementsOf(topics);
  }

  @ParameterizedTest
  @EnumSource
  void fillsEveryPlaceOfItsSentence(AuditedAct act) throws Exception {
    Map<String, String> details = new LinkedHashMap<>();
    for (JsonNode event : events()) {
      if (event.get("name").asText().equals(act.act())) {
        event.get("inputs").forEach(input -> details.put(input.get("name").asText(), "something"));
      }
    }

    assertThat(act.sentence(details)).doesNotContain("{").contains("something");
  }

  private static List<JsonNode> events() throws Exception {
    List<JsonNode> events = new ArrayList<>();
    for (String name : List.of("TrainingContracts", "SwarmMembers", "TaskBoard")) {
      JsonNode abi = new ObjectMapper().readTree(Path.of("src/main/abi", name + ".abi").toFile());
      for (JsonNode entry : abi) {
        if (entry.get("type").asText().equals("event")
            && !TEXTS.contains(entry.get("name").asText())) {
          events.add(entry);
        }
      }
    }
    return events;
  }
}
