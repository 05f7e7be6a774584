package io.swarmstream.site.node.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes JSON Schemas of the records that are sent as JSON. */
final class JsonSchemas {
  private final Map<String, ObjectNode> records = new TreeMap<>();

  /** The schemas of all records that were referred to, by name. */
  ObjectNode written() {
    ObjectNode all = Json.mapper().createObjectNode();
    records.forEach(all::set);
    return all;
  }

  /** A reference to a record; writes its schema and those that it refers to. */
  ObjectNode reference(Class<?> record) {
    String name = record.getSimpleName();
    if (!records.containsKey(name)) {
      ObjectNode schema = Json.mapper().createObjectNode();
      records.put(name, schema);
      write(record, schema);
    }
    return Json.mapper().createObjectNode().put("$ref", "#/components/schemas/" + name);
  }

  private void write(Class<?> record, ObjectNode schema) {
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (RecordComponent component : record.getRecordComponents()) {
      Doc doc = component.getAnnotation(Doc.class);
      ObjectNode property = of(component.getGenericType());
      property.put("description", doc.value());
      properties.set(component.getName(), property);
      if (!doc.optional()) {
        required.add(component.getName());
      }
    }
    if (required.isEmpty()) {
      schema.remove("required");
    }
  }

  /** The schema of a type. */
  ObjectNode of(Type type) {
    ObjectNode schema = Json.mapper().createObjectNode();
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      schema.put("type", "array").set("items", of(list.getActualTypeArguments()[0]));
      return schema;
    }
    if (type instanceof Class<?> simple) {
      return simple.isRecord() ? reference(simple) : schema.put("type", name(simple));
    }
    throw new IllegalArgumentException(
        type + " has no JSON Schema here; use a record, a list, a string or a number");
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
    throw new IllegalArgumentException(
        type + " has no JSON Schema here; use a record, a list, a string or a number");
  }
}
