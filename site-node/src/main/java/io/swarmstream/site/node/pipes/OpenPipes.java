package io.swarmstream.site.node.pipes;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Both pipes, open to a client. Closing them ends reading and writing in other threads. */
final class OpenPipes implements Closeable {
  private final FileChannel responses;
  private final FileChannel requests;

  private OpenPipes(FileChannel responses, FileChannel requests) {
    this.responses = responses;
    this.requests = requests;
  }

  /** Waits for a client, which opens the response pipe first and then the request pipe. */
  static OpenPipes awaitClient(PipeFolder folder) throws IOException {
    FileChannel responses =
        FileChannel.open(folder.responses(), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      return new OpenPipes(
          responses,
          FileChannel.open(folder.requests(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException | RuntimeException e) {
      responses.close();
      throw e;
    }
  }

  /** Wakes a thread that waits for a client, by opening both ends of the pipes for a moment. */
  static void wake(PipeFolder folder) throws IOException {
    for (Path pipe : new Path[] {folder.responses(), folder.requests()}) {
      FileChannel.open(
              pipe, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
          .close();
    }
  }

  /** Reads some bytes; -1: the client has closed its end. */
  int read(ByteBuffer into) throws IOException {
    return requests.read(into);
  }

  /**
   * Writes all bytes.
   *
   * @throws ClientGoneException when nobody reads them any more
   */
  void write(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        responses.write(bytes);
      }
    } catch (IOException e) {
      throw new ClientGoneException("the client reads no more: " + e, e);
    }
  }

  /** Tells the client that no answers follow. */
  void endAnswers() throws IOException {
    responses.close();
  }

  @Override
  public void close() throws IOException {
    try (responses) {
      requests.close();
    }
  }
}
