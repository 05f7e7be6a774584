package io.swarmstream.site.node.pipes;

import io.swarmstream.schemas.layout.ModelLayout;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.schemas.safetensors.Dtype;
import io.swarmstream.schemas.safetensors.SafetensorsHeader;
import io.swarmstream.schemas.safetensors.TensorEntry;
import io.swarmstream.site.node.pickle.NumpyArray;
import io.swarmstream.site.node.pickle.NumpyType;
import io.swarmstream.site.node.pickle.PickleException;
import io.swarmstream.site.node.problem.ProblemCode;
import io.swarmstream.site.node.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A client's weights, whose values stay in the file that it has written. Arrays of floats are
 * shared; integers, booleans and empty arrays stay at the site, and come back as they were.
 */
final class TrainerArrays implements AutoCloseable {
  private final FileChannel file;
  private final Map<String, NumpyArray> all;
  private final boolean isInline;
  private final ModelLayout layout;

  private TrainerArrays(FileChannel file, Map<String, NumpyArray> all, boolean isInline) {
    this.file = file;
    this.all = all;
    this.isInline = isInline;
    this.layout = layoutOf(all);
  }

  /** How a file's arrays are read. */
  interface Reader {
    Map<String, NumpyArray> read(FileChannel file) throws IOException;
  }

  /**
   * Reads names, types and shapes, and takes the file; closes it when that fails.
   *
   * @param isInline whether the file is a message, to be answered in the same way
   * @throws ProblemException when the file holds no model
   */
  static TrainerArrays read(FileChannel file, boolean isInline, Reader reader) throws IOException {
    try {
      return new TrainerArrays(file, reader.read(file), isInline);
    } catch (PickleException | IllegalArgumentException e) {
      file.close();
      throw refused(e);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static ProblemException refused(RuntimeException e) {
    return ProblemException.of(ProblemCode.BAD_BODY, String.valueOf(e.getMessage()), e)
        .in("weights");
  }

  private static ModelLayout layoutOf(Map<String, NumpyArray> all) {
    List<TensorShape> shared = new ArrayList<>();
    all.forEach(
        (name, array) -> {
          if (isShared(array)) {
            shared.add(new TensorShape(tensorName(name), array.shape()));
          }
        });
    if (shared.isEmpty()) {
      throw new PickleException("there is no array of floats among the weights");
    }
    return new ModelLayout(shared);
  }

  static boolean isShared(NumpyArray array) {
    return array.type().isFloat() && array.size() > 0;
  }

  /** TensorFlow's names end with a colon and a number, which no layout can have. */
  static String tensorName(String name) {
    return name.replace("%", "%25").replace(":", "%3A").replace("\n", "%0A");
  }

  /** The shared tensors, in the client's order. */
  ModelLayout layout() {
    return layout;
  }

  Map<String, NumpyArray> all() {
    return Collections.unmodifiableMap(all);
  }

  FileChannel file() {
    return file;
  }

  boolean isInline() {
    return isInline;
  }

  /** The shared tensors as trainers send them by HTTP; may be read again. */
  InputStream safetensors() {
    Map<String, NumpyArray> shared = new LinkedHashMap<>();
    List<TensorEntry> entries = new ArrayList<>();
    long at = 0;
    for (Map.Entry<String, NumpyArray> each : all.entrySet()) {
      NumpyArray array = each.getValue();
      if (isShared(array)) {
        String name = tensorName(each.getKey());
        long end = at + array.byteCount();
        entries.add(
            new TensorEntry(new TensorShape(name, array.shape()), dtype(array.type()), at, end));
        shared.put(name, array);
        at = end;
      }
    }
    Iterator<InputStream> parts =
        Stream.concat(
                Stream.of(new ByteArrayInputStream(new SafetensorsHeader(entries).bytes())),
                shared.values().stream().map(this::values))
            .iterator();
    return new Parts(parts);
  }

  private InputStream values(NumpyArray array) {
    try {
      return array.littleEndian(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dtype dtype(NumpyType type) {
    return switch (type) {
      case FLOAT16 -> Dtype.F16;
      case FLOAT32 -> Dtype.F32;
      default -> Dtype.F64;
    };
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** One stream after the other; says as a problem what is wrong with values that are read late. */
  private static final class Parts extends InputStream {
    private final Iterator<InputStream> rest;
    private InputStream now = InputStream.nullInputStream();

    Parts(Iterator<InputStream> parts) {
      this.rest = parts;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
      try {
        int read = now.read(into, from, count);
        while (read < 0 && rest.hasNext()) {
          now = rest.next();
          read = now.read(into, from, count);
        }
        return read;
      } catch (PickleException e) {
        throw refused(e);
      }
    }
  }
}
