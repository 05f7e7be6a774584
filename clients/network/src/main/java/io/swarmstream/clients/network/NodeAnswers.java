package io.swarmstream.clients.network;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Path;

/** Reads what network nodes answer, and writes what they are asked. */
final class NodeAnswers {
  /** Answers of newer nodes may have more fields. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private NodeAnswers() {}

  static ApiRefusalException refusal(URI node, HttpResponse<?> answer) {
    String text =
        answer.body() instanceof byte[] bytes
            ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
            : "";
    try {
      JsonNode problem = JSON.readTree(text);
      if (problem != null && problem.hasNonNull("detail")) {
        return new ApiRefusalException(
            answer.statusCode(),
            problem.path("code").asText("refused"),
            problem.path("detail").asText(),
            problem.path("field").asText(null));
      }
    } catch (JsonProcessingException e) {
      // Not a problem of ours; the status says what there is to say.
    }
    return new ApiRefusalException(
        answer.statusCode(),
        "refused",
        node + " answers " + answer.statusCode() + "; check that it is a network node",
        null);
  }

  /** An answer's bytes in a file, or in memory when the node refuses and says why. */
  static HttpResponse.BodyHandler<Object> toFileOrText(Path file) {
    return answer ->
        answer.statusCode() / 100 == 2
            ? BodySubscribers.mapping(
                BodySubscribers.ofFile(file, CREATE, WRITE, TRUNCATE_EXISTING), path -> path)
            : BodySubscribers.mapping(BodySubscribers.ofByteArray(), bytes -> bytes);
  }

  static byte[] write(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(body.getClass() + " cannot be written as JSON", e);
    }
  }

  static <T> T read(String path, byte[] json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (IOException e) {
      throw new ApiRefusalException(
          502,
          "bad-answer",
          "the answer to " + path + " cannot be read (" + e.getMessage() + "); is the node newer?",
          null);
    }
  }
}
