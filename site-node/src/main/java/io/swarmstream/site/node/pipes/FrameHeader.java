package io.swarmstream.site.node.pipes;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * What comes before each message.
 *
 * @param apiVersion of the sender
 * @param type number of the message's type
 * @param size of the message in bytes; at most 2^32-1
 */
record FrameHeader(int apiVersion, int type, long size) {
  /** Always, because all fields have a fixed size and none is 0. */
  static final int BYTES = 22;

  /** Of HPE Swarm Learning 2.1 and later. */
  static final int API_VERSION = 2;

  private static final int VERSION = 1;
  private static final int TYPE = 2;
  private static final int SIZE = 3;
  private static final int VERSION_BYTES = 10;

  /**
   * Parses a header.
   *
   * @throws BadFrameException when the bytes are none
   */
  static FrameHeader parse(byte[] bytes) {
    try {
      WireFields fields = WireFields.parse(bytes);
      WireFields version = WireFields.parse(fields.bytes(VERSION));
      return new FrameHeader(
          version.whole(1), fields.whole(TYPE), fields.whole(SIZE) & 0xFFFFFFFFL);
    } catch (IOException e) {
      throw new BadFrameException(
          "these "
              + BYTES
              + " bytes are no header of HPE Swarm Learning's messages: "
              + e.getMessage(),
          e);
    }
  }

  /** Says that the sender is of another time; in HPE's words. */
  String mismatch() {
    return "Mismatch in the Swarm API version between ML and SL containers. Expected version "
        + API_VERSION
        + ", but the version received from the header is "
        + apiVersion;
  }

  /**
   * The header of an answer.
   *
   * @param apiVersion the client's, which checks it
   */
  static byte[] bytes(int apiVersion, MessageType type, long size) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES);
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeTag(VERSION, 2);
      out.writeUInt32NoTag(VERSION_BYTES);
      out.writeFixed32(1, apiVersion);
      out.writeFixed32(2, apiVersion);
      out.writeFixed32(TYPE, type.code());
      out.writeFixed32(SIZE, (int) size);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError("memory takes it", e);
    }
  }
}
