package io.swarmstream.shell.service;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.web.ApiProblem;
import io.swarmstream.web.Mandatory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of requests. */
final class Orders {
  private Orders() {}

  /** Names something to make. */
  record NameOrder(
      @JsonPropertyDescription("Of what is to be made.") @Mandatory @Nullable String name) {
    /** The name as a line of the shell has it. */
    String quoted() {
      return Quoted.of(required("name", name));
    }
  }

  /** Assigns a task; exactly one of the last three says who runs it. */
  record AssignmentOrder(
      @JsonPropertyDescription("Name of a final task.") @Mandatory @Nullable String task,
      @JsonPropertyDescription("So many peers have to complete.") @Nullable Integer peers,
      @JsonPropertyDescription("All whose agents were heard lately.") @Nullable Boolean all,
      @JsonPropertyDescription("One agent: name of its member.") @Nullable String target) {
    /** The task as a line of the shell has it. */
    String quotedTask() {
      return Quoted.of(required("task", task));
    }

    /** The end of an ASSIGN command. */
    String peersText() {
      boolean isForAll = Boolean.TRUE.equals(all);
      int said = (peers == null ? 0 : 1) + (isForAll ? 1 : 0) + (target == null ? 0 : 1);
      if (said != 1) {
        throw ApiProblem.badValue(
            "peers", "give exactly one of peers (a number), all (true) and target (an agent)");
      }
      if (target != null) {
        return "TARGET " + Quoted.of(target);
      }
      return "WITH " + (isForAll ? "ALL" : peers) + " PEERS";
    }
  }

  private static String required(String field, @Nullable String value) {
    if (value == null) {
      throw ApiProblem.badValue(field, field + " is missing; give it");
    }
    return value;
  }

  /** The lines of a body. */
  record BodyView(@JsonPropertyDescription("In order.") List<String> lines) {}
}
