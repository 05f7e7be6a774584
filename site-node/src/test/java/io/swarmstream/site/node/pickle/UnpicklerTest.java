package io.swarmstream.site.node.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles that numpy 1 and 2 have written ({@code golden.py}), and some that no numpy writes. */
@SuppressWarnings("NullAway.Init")
class UnpicklerTest {
  private static final int FUZZED = 1_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "numpy1-protocol2",
        "numpy1-protocol3",
        "numpy1-protocol4",
        "numpy1-protocol5",
        "numpy2-protocol2",
        "numpy2-protocol3",
        "numpy2-protocol4",
        "numpy2-protocol5"
      })
  void readsWhatNumpyWrites(String name) throws Exception {
    try (FileChannel file = golden(name)) {
      Map<String, NumpyArray> arrays = Unpickler.read(file);

      assertThat(arrays.keySet())
          .containsExactly(
              "dense/kernel:0",
              "fortran",
              "big",
              "half",
              "scalar",
              "number",
              "plain",
              "count",
              "mask",
              "empty",
              "every byte",
              "strided");
      assertThat(of(arrays, "dense/kernel:0").shape()).containsExactly(2L, 3L);
      assertThat(floats(file, of(arrays, "dense/kernel:0"))).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(of(arrays, "fortran").shape()).containsExactly(2L, 3L);
      assertThat(doubles(file, of(arrays, "fortran"))).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(floats(file, of(arrays, "big"))).containsExactly(0, 1, 2, 3);
      assertThat(bytes(file, of(arrays, "half"))).containsExactly(0, 0x38, 0, 0xC0);
      assertThat(of(arrays, "scalar").shape()).isEmpty();
      assertThat(floats(file, of(arrays, "scalar"))).containsExactly(2.5f);
      assertThat(doubles(file, of(arrays, "number"))).containsExactly(1.25);
      assertThat(doubles(file, of(arrays, "plain"))).containsExactly(0.75);
      assertThat(of(arrays, "count").type()).isEqualTo(NumpyType.INT64);
      assertThat(bytes(file, of(arrays, "mask"))).containsExactly(1, 0);
      assertThat(of(arrays, "empty").shape()).containsExactly(0L, 3L);
      byte[] every = new byte[256];
      for (int i = 0; i < every.length; i++) {
        every[i] = (byte) i;
      }
      assertThat(bytes(file, of(arrays, "every byte"))).isEqualTo(every);
      assertThat(of(arrays, "strided").shape()).containsExactly(3L, 2L, 4L);
      assertThat(floats(file, of(arrays, "strided")))
          .startsWith(0, 1, 2, 3, 12, 13, 14, 15, 4)
          .endsWith(23);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"numpy1-state-dict", "numpy2-state-dict"})
  void readsAnOrderedDictWithAttributes(String name) throws Exception {
    try (FileChannel file = golden(name)) {
      assertThat(Unpickler.read(file).keySet()).containsExactly("w");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cos\\nsystem\\n(X\\2\\0\\0\\0idtR.|the pickle names os.system, which is refused",
        "c__builtin__\\neval\\n.|names __builtin__.eval",
        "X\\5\\0\\0\\0posixX\\6\\0\\0\\0system\\223.|names posix.system",
        "cnumpy.core.multiarray\\nscalar\\n)R.|SCALAR with 0 arguments",
        "cnumpy\\nndarray\\n)\\201.|makes an object of a class",
        "(cnumpy\\nndarray\\no.|makes an object of a class",
        "X\\1\\0\\0\\0aQ.|refers to an object outside",
        "\\202\\1.|names a class by a number",
        "\\227.|out-of-band",
        "\\217.|has a set",
        "\\377.|unknown instruction 0xff",
        "].|no dict",
        "}X\\1\\0\\0\\0a]s.|the value of a is no numpy array",
        "}K\\1K\\1s.|a key of the dict is no string",
        "}h\\1.|nothing is remembered as 1",
        "t.|damaged",
        "}|ends too early",
        "B\\377\\377\\377\\177ab.|ends too early",
      })
  void refusesWhatIsNoDictOfArrays(String pickle, String says) throws Exception {
    byte[] body = unescaped(pickle);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x80);
    bytes.write(4);
    bytes.write(body);

    assertThatThrownBy(() -> read(bytes.toByteArray()))
        .isInstanceOf(PickleException.class)
        .hasMessageContaining(says);
  }

  @Test
  void saysThatAFileIsNoPickle() {
    assertThatThrownBy(() -> read("PK".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("this is no pickle of protocol 2 or later");
    assertThatThrownBy(() -> read(new byte[] {(byte) 0x80, 9, '.'}))
        .hasMessageContaining("has protocol 9; 2 to 5 are read");
    assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("ends too early");
  }

  @Test
  void readsWhatItWrites() throws Exception {
    Path file = folder.resolve("written.pkl");
    try (var out = Files.newOutputStream(file)) {
      PickleWriter pickle = new PickleWriter(out);
      pickle.add(
          "w",
          NumpyType.FLOAT32,
          List.of(1L, 2L),
          to -> to.write(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40}));
      pickle.add("scalar", NumpyType.BOOL, List.of(), to -> to.write(1));
      pickle.end();
    }

    try (FileChannel read = FileChannel.open(file)) {
      Map<String, NumpyArray> arrays = Unpickler.read(read);
      assertThat(of(arrays, "w").shape()).containsExactly(1L, 2L);
      assertThat(floats(read, of(arrays, "w"))).containsExactly(1, 2);
      assertThat(bytes(read, of(arrays, "scalar"))).containsExactly(1);
    }
  }

  /** Golden pickles with some bytes changed, and cut off: read, or refused with a reason. */
  @Test
  void survivesGarbage() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    System.out.println("UnpicklerTest.survivesGarbage: seed " + seed);
    int refused = 0;
    for (int i = 0; i < FUZZED; i++) {
      byte[] bytes = goldenBytes("numpy" + (1 + i % 2) + "-protocol" + (2 + i / 2 % 4));
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(4) == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      try {
        readAll(bytes);
      } catch (PickleException e) {
        assertThat(e.getMessage()).as("seed " + seed).isNotEmpty();
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", pickle " + i, e);
      }
    }
    assertThat(refused).isGreaterThan(FUZZED / 10);
  }

  private void readAll(byte[] bytes) throws IOException {
    Path path = Files.write(folder.resolve("fuzzed.pkl"), bytes);
    try (FileChannel file = FileChannel.open(path)) {
      for (NumpyArray array : Unpickler.read(file).values()) {
        try (InputStream in = array.littleEndian(file)) {
          var unused = in.transferTo(OutputStream.nullOutputStream());
        }
      }
    }
  }

  private Map<String, NumpyArray> read(byte[] bytes) throws IOException {
    try (FileChannel file = FileChannel.open(Files.write(folder.resolve("p.pkl"), bytes))) {
      return Unpickler.read(file);
    }
  }

  /** Text with octal numbers of bytes, and line feeds. */
  private static byte[] unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '\\') {
        bytes.write(text.charAt(i));
      } else if (text.charAt(i + 1) == 'n') {
        bytes.write('\n');
        i++;
      } else {
        int end = i + 1;
        while (end < text.length()
            && end < i + 4
            && text.charAt(end) >= '0'
            && text.charAt(end) <= '7') {
          end++;
        }
        bytes.write(Integer.parseInt(text.substring(i + 1, end), 8));
        i = end - 1;
      }
    }
    return bytes.toByteArray();
  }

  private FileChannel golden(String name) throws IOException {
    return FileChannel.open(Files.write(folder.resolve("golden.pkl"), goldenBytes(name)));
  }

  private static byte[] goldenBytes(String name) throws IOException {
    try (InputStream in = UnpicklerTest.class.getResourceAsStream(name + ".pkl")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  private static NumpyArray of(Map<String, NumpyArray> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name));
  }

  private static byte[] bytes(FileChannel file, NumpyArray array) throws IOException {
    try (InputStream in = array.littleEndian(file)) {
      return in.readAllBytes();
    }
  }

  private static float[] floats(FileChannel file, NumpyArray array) throws IOException {
    assertThat(array.type()).isEqualTo(NumpyType.FLOAT32);
    float[] values = new float[(int) array.size()];
    ByteBuffer.wrap(bytes(file, array)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static double[] doubles(FileChannel file, NumpyArray array) throws IOException {
    assertThat(array.type()).isEqualTo(NumpyType.FLOAT64);
    double[] values = new double[(int) array.size()];
    ByteBuffer.wrap(bytes(file, array)).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }
}
