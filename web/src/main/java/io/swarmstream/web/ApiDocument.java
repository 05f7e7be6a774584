package io.swarmstream.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the OpenAPI document of an API. */
public final class ApiDocument {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private final JsonSchemas schemas = new JsonSchemas();

  private ApiDocument() {}

  /**
   * How callers say who they are.
   *
   * @param name of the scheme in the document
   * @param properties of the scheme, such as its type
   */
  public record Scheme(String name, Map<String, String> properties) {}

  /**
   * The document of an API whose callers show certificates.
   *
   * @param description says how callers prove who they are
   */
  public static <C> ObjectNode of(
      String title, String version, String description, List<ApiRoute<C>> routes) {
    return of(
        title,
        version,
        description,
        new Scheme("certificate", Map.of("type", "mutualTLS")),
        routes.stream().map(ApiRoute::described).toList());
  }

  /** The document of an API. */
  public static ObjectNode of(
      String title,
      String version,
      String description,
      Scheme scheme,
      List<ApiOperation> operations) {
    return new ApiDocument().write(title, version, description, scheme, operations);
  }

  private ObjectNode write(
      String title,
      String version,
      String description,
      Scheme scheme,
      List<ApiOperation> operations) {
    ObjectNode root = ApiJson.mapper().createObjectNode();
    root.put("openapi", "3.1.0");
    root.putObject("info")
        .put("title", title)
        .put("version", version)
        .put("description", description);
    ObjectNode paths = root.putObject("paths");
    for (ApiOperation operation : operations) {
      write(
          operation,
          paths
              .withObjectProperty(operation.path())
              .putObject(operation.method().toLowerCase(Locale.ROOT)));
    }
    schemas.reference(ProblemView.class);
    ObjectNode components = root.putObject("components");
    ObjectNode said = components.putObject("securitySchemes").putObject(scheme.name());
    scheme.properties().forEach(said::put);
    components.set("schemas", schemas.written());
    root.putArray("security").addObject().putArray(scheme.name());
    return root;
  }

  private void write(ApiOperation described, ObjectNode operation) {
    operation.put("operationId", described.operation()).put("summary", described.summary());
    if (described.entry() != null) {
      operation.put("x-entry", described.entry());
    }
    if (described.isOpen()) {
      operation.putArray("security");
    }
    ArrayNode parameters = operation.putArray("parameters");
    Matcher names = PARAMETER.matcher(described.path());
    while (names.find()) {
      String name = names.group(1);
      Class<?> type = described.numbers().contains(name) ? long.class : String.class;
      parameter(parameters, "path", name, type).put("required", true);
    }
    for (ApiOperation.Query query : described.queries()) {
      parameter(parameters, "query", query.name(), query.type())
          .put("description", query.description());
    }
    if (parameters.isEmpty()) {
      operation.remove("parameters");
    }
    ApiOperation.Body body = described.body();
    if (body != null) {
      content(operation.putObject("requestBody").put("required", true), body);
    }
    ObjectNode responses = operation.putObject("responses");
    content(
        responses.putObject(Integer.toString(described.status())).put("description", "Done."),
        described.answer());
    ApiOperation.Body problem =
        new ApiOperation.Body(ProblemView.MEDIA_TYPE, ProblemView.class, false);
    described
        .problems()
        .forEach(
            (status, text) ->
                content(responses.putObject(status).put("description", text), problem));
  }

  private ObjectNode parameter(ArrayNode all, String in, String name, Class<?> type) {
    ObjectNode parameter = all.addObject().put("name", name).put("in", in);
    parameter.set("schema", schemas.of(type));
    return parameter;
  }

  private void content(ObjectNode of, ApiOperation.@Nullable Body body) {
    if (body == null) {
      return;
    }
    ObjectNode media = of.putObject("content").putObject(body.mediaType());
    Class<?> type = body.type();
    if (type == null) {
      return;
    }
    ObjectNode one = schemas.of(type);
    if (body.isList()) {
      media.putObject("schema").put("type", "array").set("items", one);
    } else {
      media.set("schema", one);
    }
  }
}
