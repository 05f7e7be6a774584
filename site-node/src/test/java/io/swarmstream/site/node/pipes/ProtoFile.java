package io.swarmstream.site.node.pipes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Encodes messages as {@code pipes.proto} describes them, which keeps code and description one. */
final class ProtoFile {
  private static final Pattern LINE =
      Pattern.compile("(?:message (\\w+) \\{|(?:repeated )?(\\w+) (\\w+) = (\\d+);).*");

  private final Map<String, Map<String, Described>> messages = new HashMap<>();

  private record Described(String type, int number) {}

  ProtoFile() {
    try (InputStream in = ProtoFile.class.getResourceAsStream("pipes.proto")) {
      Map<String, Described> fields = new HashMap<>();
      for (String line :
          new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).lines().toList()) {
        Matcher matcher = LINE.matcher(line.strip());
        if (matcher.matches() && matcher.group(1) != null) {
          fields = new HashMap<>();
          messages.put(matcher.group(1), fields);
        } else if (matcher.matches()) {
          fields.put(
              matcher.group(3),
              new Described(matcher.group(2), Integer.parseInt(matcher.group(4))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of a field. */
  int number(String message, String field) {
    return field(message, field).number();
  }

  private Described field(String message, String field) {
    return Objects.requireNonNull(
        Objects.requireNonNull(messages.get(message), message).get(field), message + "." + field);
  }

  /** A message; names and values in turn, lists for repeated fields. */
  byte[] encode(String message, Object... namesAndValues) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      for (int i = 0; i < namesAndValues.length; i += 2) {
        Described field = field(message, (String) namesAndValues[i]);
        Object value = namesAndValues[i + 1];
        if (value instanceof List<?> list) {
          for (Object each : list) {
            write(out, field, each);
          }
        } else {
          write(out, field, value);
        }
      }
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(CodedOutputStream out, Described field, Object value)
      throws IOException {
    switch (field.type()) {
      case "fixed32" -> out.writeFixed32(field.number(), (Integer) value);
      case "int32" -> out.writeInt32(field.number(), (Integer) value);
      case "uint32" -> out.writeUInt32(field.number(), (Integer) value);
      case "bool" -> out.writeBool(field.number(), (Boolean) value);
      case "float" -> out.writeFloat(field.number(), (Float) value);
      case "string" -> out.writeString(field.number(), (String) value);
      default ->
          out.writeByteArray(
              field.number(), value instanceof String text ? text.getBytes(UTF_8) : (byte[]) value);
    }
  }

  /** A header. */
  byte[] header(int version, int type, int size) {
    return encode(
        "Header",
        "apiVersion",
        encode("APIVersion", "apiVersion", version, "minVersion", version),
        "msgType",
        type,
        "msgSize",
        size);
  }
}
