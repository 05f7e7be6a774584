package io.swarmstream.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the OpenAPI document of routes. */
public final class ApiDocument {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private final Map<String, Class<?>> records = new TreeMap<>();

  private ApiDocument() {}

  /**
   * The document of an API.
   *
   * @param description says how callers prove who they are
   */
  public static <C> ObjectNode of(
      String title, String version, String description, List<ApiRoute<C>> routes) {
    return new ApiDocument().write(title, version, description, routes);
  }

  private <C> ObjectNode write(
      String title, String version, String description, List<ApiRoute<C>> routes) {
    ObjectNode root = ApiJson.mapper().createObjectNode();
    root.put("openapi", "3.1.0");
    root.putObject("info")
        .put("title", title)
        .put("version", version)
        .put("description", description);
    ObjectNode paths = root.putObject("paths");
    for (ApiRoute<C> route : routes) {
      ObjectNode path =
          paths.has(route.path())
              ? (ObjectNode) paths.get(route.path())
              : paths.putObject(route.path());
      operation(route, path.putObject(route.method().toLowerCase(Locale.ROOT)));
    }
    ObjectNode components = root.putObject("components");
    ObjectNode schemas = components.putObject("schemas");
    reference(ProblemBody.class);
    SchemaGenerator generator = generator();
    records.forEach((name, type) -> schemas.set(name, generator.generateSchema(type)));
    schemas.forEach(schema -> ((ObjectNode) schema).remove("$schema"));
    components
        .putObject("securitySchemes")
        .putObject("certificate")
        .put("type", "mutualTLS")
        .put("description", description);
    return root;
  }

  private void operation(ApiRoute<?> route, ObjectNode operation) {
    operation
        .put("operationId", route.operation())
        .put("summary", route.summary())
        .put("x-entry", route.entry());
    ArrayNode parameters = operation.putArray("parameters");
    Matcher names = PARAMETER.matcher(route.path());
    while (names.find()) {
      parameters
          .addObject()
          .put("name", names.group(1))
          .put("in", "path")
          .put("required", true)
          .putObject("schema")
          .put("type", "string");
    }
    for (ApiRoute.Query query : route.queries()) {
      ObjectNode parameter =
          parameters
              .addObject()
              .put("name", query.name())
              .put("in", "query")
              .put("description", query.description());
      parameter.putObject("schema").put("type", type(query.type()));
    }
    if (parameters.isEmpty()) {
      operation.remove("parameters");
    }
    if (route.bodyMediaType() != null) {
      content(
          operation.putObject("requestBody").put("required", true),
          route.bodyMediaType(),
          route.body(),
          false);
    }
    ObjectNode responses = operation.putObject("responses");
    content(
        responses.putObject("200").put("description", "Done."),
        route.answerMediaType(),
        route.answer(),
        route.isList());
    content(
        responses.putObject("default").put("description", "What is wrong and the way out."),
        ProblemBody.MEDIA_TYPE,
        ProblemBody.class,
        false);
  }

  private void content(
      ObjectNode of, @Nullable String mediaType, @Nullable Class<?> type, boolean isList) {
    if (mediaType == null) {
      return;
    }
    ObjectNode media = of.putObject("content").putObject(mediaType);
    if (type != null) {
      ObjectNode schema = media.putObject("schema");
      if (isList) {
        schema.put("type", "array");
        schema = schema.putObject("items");
      }
      schema.put("$ref", reference(type));
    }
  }

  private String reference(Class<?> type) {
    records.put(type.getSimpleName(), type);
    return "#/components/schemas/" + type.getSimpleName();
  }

  private static String type(Class<?> simple) {
    if (simple == boolean.class) {
      return "boolean";
    }
    return simple == String.class ? "string" : "integer";
  }

  private static SchemaGenerator generator() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(
                ApiJson.mapper(), SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(new JacksonModule())
            .with(Option.INLINE_ALL_SCHEMAS, Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
    config
        .forFields()
        .withRequiredCheck(
            field -> {
              // Answers omit what is unknown; nullness is an annotation of the component's type.
              var owner = field.getDeclaringType().getErasedType();
              return !owner.isRecord() || !isNullable(owner, field.getName());
            });
    return new SchemaGenerator(config.build());
  }

  private static boolean isNullable(Class<?> record, String name) {
    for (var component : record.getRecordComponents()) {
      if (component.getName().equals(name)) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      }
    }
    return false;
  }
}
