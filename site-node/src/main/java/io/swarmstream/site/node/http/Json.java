package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.util.stream.Collectors;

/** Reads and writes the JSON of requests and answers; null fields are omitted. */
final class Json {
  /** A short body of braces alone would take many times its length in memory. */
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder().maxNestingDepth(16).maxTokenCount(4_000_000).build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(LIMITS).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private Json() {}

  static ObjectMapper mapper() {
    return MAPPER;
  }

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(value + " cannot be written as JSON", e);
    }
  }

  /**
   * Reads a request.
   *
   * @throws ProblemException naming the field that is wrong
   */
  static <T> T read(byte[] json, Class<T> type) {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw ProblemException.of(ProblemCode.BAD_BODY, "the body is null; send a JSON object");
      }
      return value;
    } catch (JsonMappingException e) {
      String field =
          e.getPath().stream()
              .map(
                  step ->
                      step.getFieldName() == null
                          ? "[" + step.getIndex() + "]"
                          : step.getFieldName())
              .collect(Collectors.joining("."));
      throw ProblemException.of(
              ProblemCode.BAD_VALUE,
              (field.isEmpty() ? "the body" : field) + ": " + e.getOriginalMessage(),
              e)
          .in(field.isEmpty() ? "body" : field);
    } catch (JsonProcessingException e) {
      throw ProblemException.of(
              ProblemCode.BAD_BODY, "the body is not JSON: " + e.getOriginalMessage(), e)
          .in("body");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
