package io.swarmstream.site.node.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstream.site.node.problem.ProblemCode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the OpenAPI document from what the endpoints describe. */
final class OpenApi {
  private static final String TOKEN = "token";
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private final JsonSchemas schemas = new JsonSchemas();

  private OpenApi() {}

  static ObjectNode document() {
    return new OpenApi().write();
  }

  private ObjectNode write() {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("openapi", "3.1.0");
    root.putObject("info")
        .put("title", "Swarmstream site node")
        .put("version", "1")
        .put(
            "description",
            "The interface between a trainer and the site node beside it. Weights are sent as safetensors. Errors are"
                + " problems of RFC 9457. Besides those listed, any request may be answered 401 (unauthorized), 403"
                + " (cross-site), 408 (too-slow), 413 (too-large) or 503 (busy).");
    ObjectNode paths = root.putObject("paths");
    for (Endpoint endpoint : Endpoints.ALL) {
      Described described = endpoint.describe();
      ObjectNode path =
          paths.has(described.path())
              ? (ObjectNode) paths.get(described.path())
              : paths.putObject(described.path());
      write(described, path.putObject(described.method().toLowerCase(java.util.Locale.ROOT)));
    }
    schemas.reference(ProblemView.class);
    ObjectNode components = root.putObject("components");
    components
        .putObject("securitySchemes")
        .putObject(TOKEN)
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "The content of the file 'token' in the node's folder.");
    components.set("schemas", schemas.written());
    root.putArray("security").addObject().putArray(TOKEN);
    return root;
  }

  private void write(Described described, ObjectNode operation) {
    operation.put("operationId", described.operation()).put("summary", described.summary());
    if (described.entry() == Described.Entry.OPEN) {
      operation.putArray("security");
    }
    ArrayNode parameters = operation.putArray("parameters");
    Matcher names = PARAMETER.matcher(described.path());
    while (names.find()) {
      parameter(
              parameters,
              "path",
              names.group(1),
              names.group(1).equals("n") ? long.class : String.class)
          .put("required", true);
    }
    for (Described.Query query : described.queries()) {
      parameter(parameters, "query", query.name(), query.type())
          .put("description", query.description());
    }
    if (parameters.isEmpty()) {
      operation.remove("parameters");
    }
    Described.Content body = described.body();
    if (body != null) {
      content(operation.putObject("requestBody").put("required", true), body);
    }
    ObjectNode responses = operation.putObject("responses");
    ObjectNode well =
        responses.putObject(Integer.toString(described.status())).put("description", "Done.");
    content(well, described.answer());
    problems(described).forEach((status, text) -> problem(responses, status, text));
  }

  private ObjectNode parameter(ArrayNode all, String in, String name, Class<?> type) {
    ObjectNode parameter = all.addObject().put("name", name).put("in", in);
    parameter.set("schema", schemas.of(type));
    return parameter;
  }

  private void content(ObjectNode of, Described.@Nullable Content content) {
    if (content == null) {
      return;
    }
    ObjectNode media = of.putObject("content").putObject(content.mediaType());
    Class<?> type = content.type();
    if (type != null) {
      media.set("schema", schemas.reference(type));
    }
  }

  private static Map<Integer, String> problems(Described described) {
    return described.problems().stream()
        .collect(
            Collectors.groupingBy(
                ProblemCode::status,
                TreeMap::new,
                Collectors.mapping(ProblemCode::code, Collectors.joining(", "))));
  }

  private void problem(ObjectNode responses, int status, String codes) {
    ObjectNode response = responses.putObject(Integer.toString(status)).put("description", codes);
    content(response, new Described.Content(ProblemView.MEDIA_TYPE, ProblemView.class, 0));
  }
}
