package io.swarmstream.site.node.pipes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.swarmstream.site.node.pickle.NumpyArray;
import io.swarmstream.site.node.pickle.NumpyType;
import io.swarmstream.site.node.pickle.PickleException;
import io.swarmstream.site.node.pickle.RawBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arrays inside a message, as clients before 2.3 send them: a map from names to type, shape and
 * bytes. The bytes stay in the message's file.
 */
final class InlineWeights {
  private static final Pattern TYPE = Pattern.compile("dtype\\('([<>=|]?)(\\w+)'\\)");
  private static final int LONGEST_TEXT = 4_096;
  private static final int MOST_DIMENSIONS = 32;

  private final long base;
  private final CodedInputStream in;
  private final Map<String, NumpyArray> arrays = new LinkedHashMap<>();

  private InlineWeights(FileChannel file, SyncAsked.Part part) {
    this.base = part.position();
    this.in = stream(file, part);
  }

  /** Reads the names, types and shapes of a {@code Weights}. */
  static Map<String, NumpyArray> read(FileChannel file, SyncAsked.Part part) throws IOException {
    InlineWeights weights = new InlineWeights(file, part);
    weights.each(
        number -> {
          if (number == 1) {
            weights.entry();
          } else {
            weights.skip();
          }
        });
    return weights.arrays;
  }

  static CodedInputStream stream(FileChannel file, SyncAsked.Part part) {
    return CodedInputStream.newInstance(
        new RawBytes.InFile(part.position(), part.length()).open(file));
  }

  static int byteAt(FileChannel file, SyncAsked.Part part) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    return file.read(one, part.position()) == 1 ? one.get(0) & 0xFF : -1;
  }

  private interface Field {
    /** Reads the field's length and content. */
    void read(int number) throws IOException;
  }

  /** All fields to the limit; those with a length are the reader's, others are passed over. */
  private void each(Field field) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        field.read(WireFormat.getTagFieldNumber(tag));
      } else if (!in.skipField(tag)) {
        throw new BadFrameException("a message ends a group that has not begun");
      }
    }
  }

  private void within(Field field) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    each(field);
    in.popLimit(limit);
  }

  private void skip() throws IOException {
    in.skipRawBytes(in.readRawVarint32());
  }

  private String text() throws IOException {
    int length = in.readRawVarint32();
    if (length > LONGEST_TEXT) {
      throw new PickleException("an array has a name of " + length + " bytes");
    }
    return new String(in.readRawBytes(length), UTF_8);
  }

  private void entry() throws IOException {
    Entry entry = new Entry();
    within(
        number -> {
          if (number == 1) {
            entry.name = text();
          } else if (number == 2) {
            within(inner -> part(entry, inner));
          } else {
            skip();
          }
        });
    arrays.put(entry.name, entry.array());
  }

  private void part(Entry entry, int number) throws IOException {
    switch (number) {
      case 1 -> entry.type = text();
      case 2 -> dimensions(entry);
      case 3 -> {
        int length = in.readRawVarint32();
        entry.values = new RawBytes.InFile(base + in.getTotalBytesRead(), length);
        in.skipRawBytes(length);
      }
      default -> skip();
    }
  }

  private void dimensions(Entry entry) throws IOException {
    int limit = in.pushLimit(in.readRawVarint32());
    while (in.getBytesUntilLimit() > 0) {
      if (entry.shape.size() == MOST_DIMENSIONS) {
        throw new PickleException("array " + entry.name + " has too many dimensions");
      }
      entry.shape.add(in.readRawVarint32() & 0xFFFFFFFFL);
    }
    in.popLimit(limit);
  }

  /** An entry as far as it has been read. */
  private static final class Entry {
    private String name = "";
    private String type = "";
    private final List<Long> shape = new ArrayList<>();
    private RawBytes values = new RawBytes.Held(new byte[0]);

    NumpyArray array() {
      Matcher matcher = TYPE.matcher(type);
      NumpyType known = matcher.matches() ? NumpyType.named(matcher.group(2)).orElse(null) : null;
      if (known == null) {
        throw new PickleException(
            "array "
                + name
                + " has the type "
                + type
                + "; floats of 2, 4 and 8 bytes, integers and booleans are read: convert it");
      }
      return NumpyArray.inC(known, matcher.group(1).equals(">"), shape, values);
    }
  }

  /** How Python's repr writes a type. */
  static String typeText(NumpyType type) {
    return "dtype('" + type.longName() + "')";
  }
}
