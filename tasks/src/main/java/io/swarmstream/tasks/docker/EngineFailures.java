package io.swarmstream.tasks.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** What an engine says when it refuses. */
final class EngineFailures {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EngineFailures() {}

  /** The reason, without the wrapping that engines and libraries put around it. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String text = String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
    int json = text.indexOf('{');
    if (json >= 0) {
      try {
        JsonNode message = JSON.readTree(text.substring(json));
        if (message.hasNonNull("message")) {
          return message.get("message").asText();
        }
      } catch (IOException e) {
        // not JSON after all
      }
    }
    return text;
  }
}
