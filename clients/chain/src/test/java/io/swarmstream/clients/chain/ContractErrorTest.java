package io.swarmstream.clients.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.crypto.Hash;

class ContractErrorTest {
  @Test
  void knowsEveryErrorOfTheCommittedContractsAndNoOther() throws Exception {
    TreeSet<String> selectors = new TreeSet<>();
    for (String name : List.of("TrainingContracts", "RoundAnchors", "SwarmMembers", "TaskBoard")) {
      JsonNode abi = new ObjectMapper().readTree(Path.of("src/main/abi", name + ".abi").toFile());
      for (JsonNode entry : abi) {
        if (entry.get("type").asText().equals("error")) {
          String signature = entry.get("name").asText() + types(entry.get("inputs"));
          selectors.add(Hash.sha3String(signature).substring(2, 10));
        }
      }
    }
    // RoundAnchors passes this one on from TrainingContracts.
    assertThat(selectors).contains(ContractError.UNKNOWN_CONTRACT.selector());
    assertThat(Arrays.stream(ContractError.values()).map(ContractError::selector))
        .containsExactlyInAnyOrderElementsOf(selectors);
  }

  @ParameterizedTest
  @EnumSource
  void fillsEveryPlaceOfItsSentence(ContractError error) {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < error.parameters().size(); i++) {
      arguments.add("argument " + i);
    }

    assertThat(error.sentence(arguments)).doesNotContain("{").contains("argument");
  }

  private static String types(JsonNode inputs) {
    List<String> types = new ArrayList<>();
    for (JsonNode input : inputs) {
      types.add(
          input.has("components") ? types(input.get("components")) : input.get("type").asText());
    }
    return "(" + String.join(",", types) + ")";
  }
}
