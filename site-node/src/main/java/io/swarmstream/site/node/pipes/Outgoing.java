package io.swarmstream.site.node.pipes;

import com.google.protobuf.CodedOutputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes answers to a client. */
final class Outgoing {
  /** A pipe holds 64 KiB. */
  private static final int PIECE = 64 << 10;

  private final OpenPipes pipes;
  private int apiVersion = FrameHeader.API_VERSION;

  Outgoing(OpenPipes pipes) {
    this.pipes = pipes;
  }

  /** What is in HPE's status messages. */
  enum Code {
    OK(0),
    ERROR_IN_NODE(1),
    ERROR_IN_TRAINER(2);

    private final int number;

    Code(int number) {
      this.number = number;
    }
  }

  /** Answers in a client's version from now on, so that it can read what is wrong with it. */
  void speak(int version) {
    apiVersion = version;
  }

  /** Fills in a message's fields. */
  @FunctionalInterface
  interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] statusOf(Code code, String text) throws IOException {
    return message(
        out -> {
          if (code != Code.OK) {
            out.writeInt32(1, code.number);
          }
          out.writeString(2, text);
        });
  }

  private void send(MessageType type, byte[] body) throws IOException {
    pipes.write(ByteBuffer.wrap(FrameHeader.bytes(apiVersion, type, body.length)));
    pipes.write(ByteBuffer.wrap(body));
  }

  void status(Code code, String text) throws IOException {
    send(MessageType.STATUS, statusOf(code, text));
  }

  void sessionOpened(Code code, String text, String sessionId) throws IOException {
    send(
        MessageType.OPEN_SESSION_ANSWER,
        message(
            out -> {
              out.writeByteArray(1, statusOf(code, text));
              out.writeString(2, sessionId);
            }));
  }

  /**
   * Answers a sync, or the end of a session.
   *
   * @param over whether the training is over
   */
  void synced(
      MessageType type,
      Code code,
      String text,
      String sessionId,
      int sequence,
      int next,
      boolean over)
      throws IOException {
    send(
        type,
        message(
            out -> {
              out.writeString(1, sessionId);
              out.writeInt32(2, sequence);
              out.writeByteArray(3, statusOf(code, text));
              out.writeInt32(4, next);
              out.writeBool(5, over);
            }));
  }

  /** Tells the client to load a merged model from a file. */
  void merged(String sessionId, int sequence, int loss, String fileName) throws IOException {
    send(
        MessageType.GET_LOSS,
        message(
            out -> {
              lossNumbers(out, sessionId, sequence, loss);
              out.writeString(4, fileName);
            }));
  }

  /** Gives the client a merged model in the message. */
  void merged(String sessionId, int sequence, int loss, MergedArrays model) throws IOException {
    byte[] numbers = message(out -> lossNumbers(out, sessionId, sequence, loss));
    long weights = model.inlineSize();
    long size = numbers.length + CodedOutputStream.computeTagSize(4) + varint(weights) + weights;
    if (size > Integer.MAX_VALUE) {
      throw new IOException(
          "the merged model takes more than 2 GiB, which clients before 2.3 cannot read; use a later one");
    }
    pipes.write(ByteBuffer.wrap(FrameHeader.bytes(apiVersion, MessageType.GET_LOSS, size)));
    try (OutputStream buffered = new BufferedOutputStream(new PipeStream(), PIECE)) {
      CodedOutputStream out = CodedOutputStream.newInstance(buffered);
      out.writeRawBytes(numbers);
      out.writeTag(4, 2);
      out.writeUInt64NoTag(weights);
      out.flush();
      model.writeInline(buffered);
    }
  }

  private static int varint(long value) {
    return CodedOutputStream.computeUInt64SizeNoTag(value);
  }

  private static void lossNumbers(CodedOutputStream out, String sessionId, int sequence, int loss)
      throws IOException {
    out.writeString(1, sessionId);
    out.writeInt32(2, sequence);
    out.writeInt32(3, loss);
  }

  /** The pipe as a stream; closing it leaves the pipe open. */
  private final class PipeStream extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      pipes.write(ByteBuffer.wrap(bytes, from, count));
    }
  }
}
