package io.swarmstream.local.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import io.swarmstream.schemas.encoding.FloatCodec;
import io.swarmstream.schemas.layout.TensorShape;
import io.swarmstream.site.node.pickle.NumpyArray;
import io.swarmstream.site.node.pickle.NumpyType;
import io.swarmstream.site.node.pickle.PickleWriter;
import io.swarmstream.site.node.pickle.Unpickler;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A program with HPE's client inside, as far as its node can tell: it has the pipes, and nothing
 * else.
 */
final class PipedTrainer implements AutoCloseable {
  private static final int OPEN = 2;
  private static final int CLOSE = 4;
  private static final int SYNC = 6;
  private static final int GET_LOSS = 8;
  private static final int LOSS = 9;

  private final Path folder;
  private final InputStream responses;
  private final OutputStream requests;
  private final String session;
  private float[] model = {};
  private int syncs;
  private int closes;

  /** Opens the pipes and a session. */
  PipedTrainer(Path folder, String contract) throws IOException {
    this.folder = folder;
    this.responses =
        new BufferedInputStream(
            new FileInputStream(folder.resolve("SL_RESPONSE_CHANNEL").toFile()));
    this.requests = new FileOutputStream(folder.resolve("SL_REQUEST_CHANNEL").toFile());
    Received opened =
        ask(
            OPEN,
            out -> {
              out.writeInt32(1, 16);
              out.writeInt32(2, 2);
              out.writeString(5, "snapshot");
              out.writeInt32(6, 1);
              out.writeString(7, contract);
              out.writeString(8, "mean");
            });
    check(opened, 1);
    this.session = opened.text(2);
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private record Received(int type, UnknownFieldSet fields) {
    String text(int field) {
      return fields.getField(field).getLengthDelimitedList().get(0).toString(UTF_8);
    }

    boolean flag(int field) {
      return fields.hasField(field) && fields.getField(field).getVarintList().get(0) != 0;
    }
  }

  private static void check(Received answer, int status) throws IOException {
    UnknownFieldSet said =
        UnknownFieldSet.parseFrom(answer.fields().getField(status).getLengthDelimitedList().get(0));
    assertThat(said.hasField(1)).as(said.toString()).isFalse();
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  private Received ask(int type, Fields fields) throws IOException {
    byte[] body = message(fields);
    requests.write(
        message(
            out -> {
              out.writeByteArray(
                  1,
                  message(
                      version -> {
                        version.writeFixed32(1, 2);
                        version.writeFixed32(2, 2);
                      }));
              out.writeFixed32(2, type);
              out.writeFixed32(3, body.length);
            }));
    requests.write(body);
    UnknownFieldSet header = UnknownFieldSet.parseFrom(responses.readNBytes(22));
    int size = header.getField(3).getFixed32List().get(0);
    return new Received(
        header.getField(2).getFixed32List().get(0),
        UnknownFieldSet.parseFrom(responses.readNBytes(size)));
  }

  /** Contributes, and says whether the training is over. */
  boolean sync(float... weights) throws IOException {
    syncs++;
    return exchange(SYNC, syncs, weights);
  }

  /** Leaves the rest to the node until the training is over. */
  boolean close(float... weights) throws IOException {
    closes++;
    return exchange(CLOSE, closes, weights);
  }

  /** The newest merged model. */
  float[] model() {
    return model.clone();
  }

  private boolean exchange(int type, int count, float[] weights) throws IOException {
    write(weights);
    Received answer =
        ask(
            type,
            out -> {
              out.writeString(1, session);
              out.writeInt32(2, count);
              out.writeInt32(3, 1);
              out.writeInt32(4, 1);
              out.writeString(5, "trained_weights.pkl");
            });
    while (answer.type() == GET_LOSS) {
      read(answer.text(4));
      answer =
          ask(
              LOSS,
              out -> {
                out.writeString(1, session);
                out.writeInt32(2, count);
                out.writeByteArray(4, message(status -> status.writeString(2, "StatusOK")));
                out.writeFloat(5, 0.5f);
                out.writeFloat(6, 0.25f);
                out.writeInt32(7, count);
              });
    }
    check(answer, 3);
    assertThat(answer.type()).isEqualTo(type + 1);
    return answer.flag(5);
  }

  private void write(float[] weights) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("trained_weights.pkl"))) {
      PickleWriter pickle = new PickleWriter(out);
      int at = 0;
      for (TensorShape tensor : HttpTrainer.LAYOUT.tensors()) {
        int end = at + (int) tensor.size();
        byte[] values = FloatCodec.encode(Arrays.copyOfRange(weights, at, end), 0, end - at);
        pickle.add(tensor.name(), NumpyType.FLOAT32, tensor.dims(), to -> to.write(values));
        at = end;
      }
      pickle.end();
    }
  }

  private void read(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (FileChannel file = FileChannel.open(folder.resolve(name))) {
      for (NumpyArray array : Unpickler.read(file).values()) {
        try (InputStream in = array.littleEndian(file)) {
          var unused = in.transferTo(bytes);
        }
      }
    }
    model = new float[bytes.size() / Float.BYTES];
    ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(model);
  }

  /** Closes the request pipe alone, while another thread reads the other one. */
  void hangUp() throws IOException {
    requests.close();
  }

  @Override
  public void close() throws IOException {
    requests.close();
    responses.close();
  }
}
