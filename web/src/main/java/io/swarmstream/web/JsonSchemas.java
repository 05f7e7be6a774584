package io.swarmstream.web;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON Schemas of the records that are sent as JSON. A component that may be null is optional
 * unless it is {@link Mandatory}.
 */
final class JsonSchemas {
  private final Map<String, ObjectNode> records = new TreeMap<>();

  /** The schemas of all records that were referred to, by name. */
  ObjectNode written() {
    ObjectNode all = ApiJson.mapper().createObjectNode();
    records.forEach(all::set);
    return all;
  }

  /** A reference to a record; writes its schema and those that it refers to. */
  ObjectNode reference(Class<?> record) {
    String name = record.getSimpleName();
    if (!records.containsKey(name)) {
      ObjectNode schema = ApiJson.mapper().createObjectNode();
      records.put(name, schema);
      write(record, schema);
    }
    return ApiJson.mapper().createObjectNode().put("$ref", "#/components/schemas/" + name);
  }

  private void write(Class<?> record, ObjectNode schema) {
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (RecordComponent component : record.getRecordComponents()) {
      JsonPropertyDescription description =
          component.getAccessor().getAnnotation(JsonPropertyDescription.class);
      ObjectNode property = of(component.getGenericType());
      if (description != null) {
        property.put("description", description.value());
      }
      properties.set(component.getName(), property);
      if (isRequired(component)) {
        required.add(component.getName());
      }
    }
    if (required.isEmpty()) {
      schema.remove("required");
    }
  }

  private static boolean isRequired(RecordComponent component) {
    return component.getAccessor().isAnnotationPresent(Mandatory.class)
        || !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** The schema of a type. */
  ObjectNode of(Type type) {
    ObjectNode schema = ApiJson.mapper().createObjectNode();
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      schema.put("type", "array").set("items", of(list.getActualTypeArguments()[0]));
      return schema;
    }
    if (type instanceof Class<?> simple) {
      return simple.isRecord() ? reference(simple) : schema.put("type", name(simple));
    }
    throw unknown(type);
  }

  private static String name(Class<?> type) {
    if (type == String.class) {
      return "string";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    if (type == double.class || type == Double.class) {
      return "number";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "integer";
    }
    throw unknown(type);
  }

  private static IllegalArgumentException unknown(Type type) {
    return new IllegalArgumentException(
        type + " has no JSON Schema here; use a record, a list, a string or a number");
  }
}
