package io.swarmstream.site.node.pipes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a client's messages in a thread of its own, so that the death of a client is noticed while
 * the node waits for a round. Messages that may hold a model go to a file.
 */
final class Incoming implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

  /** Of messages without weights. */
  private static final long MAX_SMALL = 64 << 10;

  /** Of messages with weights; protobuf has no larger ones. */
  private static final long MAX_LARGE = Integer.MAX_VALUE;

  private static final int PIECE = 1 << 20;

  private final OpenPipes pipes;
  private final Path spool;
  private final Thread reader = new Thread(this::read, "swarm-pipes-reader");
  private final Thread waiting;

  /** A client sends one message and waits, so one place suffices. */
  private final BlockingQueue<Frame> frames = new ArrayBlockingQueue<>(1);

  private boolean interrupts = true;

  /**
   * Begins to read.
   *
   * @param spool folder of the node's own for messages that may hold a model
   * @param waiting is interrupted when the client goes away
   */
  Incoming(OpenPipes pipes, Path spool, Thread waiting) {
    this.pipes = pipes;
    this.spool = spool;
    this.waiting = waiting;
    reader.setDaemon(true);
    reader.start();
  }

  /** The next message. */
  Frame take() throws InterruptedException {
    return frames.take();
  }

  /** Interrupts nobody any more. */
  synchronized void interruptNobody() {
    interrupts = false;
  }

  private synchronized void tellEnd() {
    if (interrupts) {
      waiting.interrupt();
    }
  }

  /** Waits until the client has closed its end, and ignores what it sends meanwhile. */
  void awaitEnd() throws IOException, InterruptedException {
    while (reader.isAlive()) {
      drop();
      reader.join(100);
    }
  }

  private void drop() throws IOException {
    for (Frame left = frames.poll(); left != null; left = frames.poll()) {
      left.close();
    }
  }

  private void read() {
    try {
      Optional<Frame> frame = next();
      while (frame.isPresent()) {
        boolean understood = frame.get().type().isPresent();
        frames.put(frame.get());
        if (!understood) {
          skip();
        }
        frame = understood ? next() : Optional.empty();
      }
      // At once: whoever opens the pipes from now on is the next client.
      pipes.endAnswers();
    } catch (IOException | RuntimeException e) {
      LOG.info("Reading from the client of the pipes has ended: {}", e.toString());
    } catch (InterruptedException e) {
      return;
    }
    tellEnd();
  }

  /** After bytes that are no frame: until the client closes its end. */
  private void skip() throws IOException {
    ByteBuffer ignored = ByteBuffer.allocate(PIECE);
    while (pipes.read(ignored.clear()) >= 0) {
      // Ignored.
    }
  }

  /** The next message; empty: the client has closed its end. */
  private Optional<Frame> next() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.BYTES);
    while (bytes.hasRemaining()) {
      if (pipes.read(bytes) < 0) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(body(FrameHeader.parse(bytes.array())));
    } catch (BadFrameException e) {
      return Optional.of(Frame.bad(FrameHeader.API_VERSION, String.valueOf(e.getMessage())));
    }
  }

  private Frame body(FrameHeader header) throws IOException {
    if (header.apiVersion() != FrameHeader.API_VERSION) {
      return Frame.bad(header.apiVersion(), header.mismatch());
    }
    Optional<MessageType> type = MessageType.ofCode(header.type());
    if (type.isEmpty()) {
      throw new BadFrameException("unsupported message type: " + header.type());
    }
    long most = type.get().hasWeights() ? MAX_LARGE : MAX_SMALL;
    if (header.size() > most) {
      throw new BadFrameException(
          "a message of type "
              + header.type()
              + " has "
              + header.size()
              + " bytes, at most "
              + most
              + " are read");
    }
    return type.get().hasWeights()
        ? Frame.large(header.apiVersion(), type.get(), spooled(header.size()))
        : Frame.small(header.apiVersion(), type.get(), held((int) header.size()));
  }

  private byte[] held(int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining()) {
      require(pipes.read(bytes));
    }
    return bytes.array();
  }

  private FileChannel spooled(long size) throws IOException {
    FileChannel file =
        FileChannel.open(
            Files.createTempFile(spool, "message-", ".bin"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, size));
      for (long left = size; left > 0; ) {
        piece.clear().limit((int) Math.min(piece.capacity(), left));
        left -= require(pipes.read(piece));
        piece.flip();
        while (piece.hasRemaining()) {
          file.write(piece);
        }
      }
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static int require(int count) throws IOException {
    if (count < 0) {
      throw new IOException("the client closed its end within a message");
    }
    return count;
  }

  /** Ends reading. Close the pipes first; deletes what nobody has taken. */
  @Override
  public void close() throws IOException, InterruptedException {
    reader.interrupt();
    reader.join(3_000);
    drop();
  }
}
