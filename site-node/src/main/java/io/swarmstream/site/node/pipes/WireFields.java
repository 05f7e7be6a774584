package io.swarmstream.site.node.pipes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The fields of a small protobuf message, by number; what is missing is 0 or empty. */
final class WireFields {
  private final Map<Integer, Object> fields = new HashMap<>();

  private WireFields() {}

  /**
   * Parses a message.
   *
   * @throws IOException when the bytes are no message
   */
  static WireFields parse(byte[] bytes) throws IOException {
    WireFields parsed = new WireFields();
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int number = WireFormat.getTagFieldNumber(tag);
      switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_VARINT -> parsed.fields.put(number, (int) in.readRawVarint64());
        case WireFormat.WIRETYPE_FIXED32 -> parsed.fields.put(number, in.readRawLittleEndian32());
        case WireFormat.WIRETYPE_LENGTH_DELIMITED -> parsed.fields.put(number, in.readByteArray());
        default -> {
          if (!in.skipField(tag)) {
            throw new InvalidProtocolBufferException("an end of a group that has not begun");
          }
        }
      }
    }
    return parsed;
  }

  /** A whole number. */
  int whole(int number) {
    return fields.get(number) instanceof Integer value ? value : 0;
  }

  boolean flag(int number) {
    return whole(number) != 0;
  }

  float real(int number) {
    return Float.intBitsToFloat(whole(number));
  }

  String text(int number) {
    return new String(bytes(number), UTF_8);
  }

  /** Bytes, or a message in this one. */
  byte[] bytes(int number) {
    return fields.get(number) instanceof byte[] value ? value : new byte[0];
  }
}
