package io.swarmstream.schemas.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file.
 *
 * @param tensors in the order of their values, which follow the header and each other without a gap
 * @param metadata what the file says besides, texts by name
 */
public record SafetensorsHeader(List<TensorEntry> tensors, Map<String, String> metadata) {
  /** Enough for some 100,000 tensors; a longer header is not a model's. */
  public static final int MAX_BYTES = 32 << 20;

  private static final int ALIGNMENT = 8;
  private static final String METADATA = "__metadata__";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  public SafetensorsHeader {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = tensors.stream().sorted(Comparator.comparingLong(TensorEntry::begin)).toList();
    long at = 0;
    for (TensorEntry tensor : tensors) {
      if (tensor.begin() != at) {
        throw new SafetensorsException(
            "tensor "
                + tensor.name()
                + " begins at byte "
                + tensor.begin()
                + ", the one before it ends at "
                + at
                + "; tensors follow each other without a gap");
      }
      at = tensor.end();
    }
  }

  /** A header without metadata. */
  public SafetensorsHeader(List<TensorEntry> tensors) {
    this(tensors, Map.of());
  }

  /**
   * Reads a header and leaves the stream at the first value.
   *
   * @throws SafetensorsException when it is not a header, or has a tensor that cannot be read here
   */
  public static SafetensorsHeader read(InputStream in) throws IOException {
    return parse(bytesOf(in));
  }

  private static byte[] bytesOf(InputStream in) throws IOException {
    try {
      DataInputStream data = new DataInputStream(in);
      long length = Long.reverseBytes(data.readLong());
      if (length < 2 || length > MAX_BYTES) {
        throw new SafetensorsException(
            "the first eight bytes announce a header of "
                + Long.toUnsignedString(length)
                + " bytes, 2 to "
                + MAX_BYTES
                + " are allowed; is this a safetensors file?");
      }
      byte[] header = new byte[(int) length];
      data.readFully(header);
      return header;
    } catch (EOFException e) {
      throw new SafetensorsException("the body ends within the header; send the whole file", e);
    }
  }

  private static SafetensorsHeader parse(byte[] json) throws IOException {
    JsonNode header;
    try {
      header = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new SafetensorsException("the header is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!header.isObject()) {
      throw new SafetensorsException("the header is not a JSON object");
    }
    List<TensorEntry> tensors = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    header
        .properties()
        .forEach(
            field -> {
              if (field.getKey().equals(METADATA)) {
                field
                    .getValue()
                    .properties()
                    .forEach(said -> metadata.put(said.getKey(), said.getValue().asText()));
              } else {
                tensors.add(entry(field.getKey(), field.getValue()));
              }
            });
    return new SafetensorsHeader(tensors, metadata);
  }

  private static TensorEntry entry(String name, JsonNode said) {
    long[] shape = numbers(name, "shape", said);
    long[] offsets = numbers(name, "data_offsets", said);
    if (offsets.length != 2) {
      throw new SafetensorsException("tensor " + name + " does not have two data_offsets");
    }
    TensorShape tensor;
    try {
      tensor = new TensorShape(name, Arrays.stream(shape).boxed().toList());
    } catch (IllegalArgumentException e) {
      throw new SafetensorsException(String.valueOf(e.getMessage()), e);
    }
    return new TensorEntry(
        tensor, Dtype.named(said.path("dtype").asText(), name), offsets[0], offsets[1]);
  }

  private static long[] numbers(String tensor, String field, JsonNode said) {
    JsonNode list = said.path(field);
    long[] numbers = new long[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!list.get(i).isIntegralNumber() || !list.get(i).canConvertToLong()) {
        throw new SafetensorsException(
            "tensor " + tensor + " has a " + field + " that is not a whole number");
      }
      numbers[i] = list.get(i).longValue();
    }
    if (!list.isArray()) {
      throw new SafetensorsException(
          "tensor " + tensor + " has a " + field + " that is not a list of numbers");
    }
    return numbers;
  }

  /** The header of a file that has the layout's tensors in their order, as float32. */
  public static byte[] ofFloats(ModelLayout layout) {
    return ofFloats(layout, Map.of());
  }

  /** The same with metadata. */
  public static byte[] ofFloats(ModelLayout layout, Map<String, String> metadata) {
    List<TensorEntry> tensors = new ArrayList<>();
    long at = 0;
    for (TensorShape tensor : layout.tensors()) {
      long end = at + tensor.size() * Float.BYTES;
      tensors.add(new TensorEntry(tensor, Dtype.F32, at, end));
      at = end;
    }
    return new SafetensorsHeader(tensors, metadata).bytes();
  }

  /** The header as the file has it, with its length. */
  public byte[] bytes() {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      metadata.forEach(header.putObject(METADATA)::put);
    }
    for (TensorEntry tensor : tensors) {
      ObjectNode entry = header.putObject(tensor.name());
      entry.put("dtype", tensor.dtype().name());
      tensor.shape().dims().forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(tensor.begin()).add(tensor.end());
    }
    byte[] json = header.toString().getBytes(UTF_8);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(json);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.array();
  }
}
