package io.swarmstream.site.node.pipes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * A client's weights, and which of its syncs they are for.
 *
 * @param sessionId that the node gave
 * @param sequence the client's own number, which answers repeat
 * @param nodeWeightage how much they count
 * @param fileName of the pickle in the pipes' folder; empty: they are in the message
 * @param inline where they are in the message
 */
record SyncAsked(
    String sessionId, int sequence, int nodeWeightage, String fileName, Optional<Part> inline) {
  private static final int LONGEST_TEXT = 4_096;

  /** The first byte of a {@code Weights}; no file's name begins with a line feed. */
  private static final int ENTRY_TAG = 1 << 3 | 2;

  /** A part of a file. */
  record Part(long position, long length) {}

  /** Parses a message that is a file, because it may hold a model. */
  static SyncAsked parse(FileChannel message) throws IOException {
    CodedInputStream in = InlineWeights.stream(message, new Part(0, message.size()));
    String id = "";
    int sequence = 0;
    int weightage = 0;
    String fileName = "";
    Optional<Part> inline = Optional.empty();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int number = WireFormat.getTagFieldNumber(tag);
      int wire = WireFormat.getTagWireType(tag);
      if (wire == WireFormat.WIRETYPE_VARINT) {
        int value = (int) in.readRawVarint64();
        sequence = number == 2 ? value : sequence;
        weightage = number == 3 ? value : weightage;
      } else if (wire == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int length = in.readRawVarint32();
        Part part = new Part(in.getTotalBytesRead(), length);
        if (number == 1) {
          id = text(in, length);
        } else if (number == 5 && length > 0 && InlineWeights.byteAt(message, part) == ENTRY_TAG) {
          inline = Optional.of(part);
          in.skipRawBytes(length);
        } else if (number == 5) {
          fileName = text(in, length);
        } else {
          in.skipRawBytes(length);
        }
      } else if (!in.skipField(tag)) {
        throw new BadFrameException("a message ends a group that has not begun");
      }
    }
    return new SyncAsked(id, sequence, weightage, fileName, inline);
  }

  private static String text(CodedInputStream in, int length) throws IOException {
    if (length > LONGEST_TEXT) {
      throw new BadFrameException("a message has a text of " + length + " bytes");
    }
    return new String(in.readRawBytes(length), UTF_8);
  }
}
