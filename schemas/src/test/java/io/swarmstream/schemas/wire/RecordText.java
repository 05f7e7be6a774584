package io.swarmstream.schemas.wire;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/** A record as JSON, one field a line, bytes in hexadecimal and NaN in quotes. */
final class RecordText {
  private RecordText() {}

  /** With the fields of one version of its schema. */
  static String of(IndexedRecord record, Schema schema) {
    return object(record, schema, "");
  }

  private static String object(IndexedRecord record, Schema schema, String indent) {
    return schema.getFields().stream()
        .map(
            field ->
                indent
                    + "  "
                    + quoted(field.name())
                    + ": "
                    + value(record.get(field.pos()), indent + "  "))
        .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
  }

  private static String value(Object value, String indent) {
    if (value instanceof IndexedRecord record) {
      return object(record, record.getSchema(), indent);
    } else if (value instanceof List<?> list) {
      return list.stream()
          .map(item -> value(item, indent))
          .collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof GenericFixed fixed) {
      return quoted(HexFormat.of().formatHex(fixed.bytes()));
    } else if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return quoted(HexFormat.of().formatHex(bytes));
    } else if (value instanceof Double real && !Double.isFinite(real)) {
      return quoted(real.toString());
    }
    return value instanceof String text ? quoted(text) : value.toString();
  }

  /** Golden texts have nothing to escape. */
  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
