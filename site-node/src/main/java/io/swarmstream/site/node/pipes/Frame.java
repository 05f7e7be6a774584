package io.swarmstream.site.node.pipes;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message that has arrived, or what came instead. */
final class Frame implements AutoCloseable {
  private final int apiVersion;
  private final @Nullable MessageType type;
  private final byte[] body;
  private final @Nullable FileChannel file;
  private final @Nullable String problem;

  private Frame(
      int apiVersion,
      @Nullable MessageType type,
      byte[] body,
      @Nullable FileChannel file,
      @Nullable String problem) {
    this.apiVersion = apiVersion;
    this.type = type;
    this.body = body;
    this.file = file;
    this.problem = problem;
  }

  /** A message without weights. */
  static Frame small(int apiVersion, MessageType type, byte[] body) {
    return new Frame(apiVersion, type, body, null, null);
  }

  /** A message that may have weights, in a file that closing deletes. */
  static Frame large(int apiVersion, MessageType type, FileChannel file) {
    return new Frame(apiVersion, type, new byte[0], file, null);
  }

  /** Bytes that are no message, or one that is not understood. */
  static Frame bad(int apiVersion, String problem) {
    return new Frame(apiVersion, null, new byte[0], null, problem);
  }

  /** Of the client. */
  int apiVersion() {
    return apiVersion;
  }

  /** Empty: {@link #problem} says why there is none. */
  Optional<MessageType> type() {
    return Optional.ofNullable(type);
  }

  boolean is(MessageType other) {
    return type == other;
  }

  byte[] body() {
    return body;
  }

  /** The body of a message that may have weights; empty: of another one. */
  Optional<FileChannel> file() {
    return Optional.ofNullable(file);
  }

  /** Why this is no message; empty: it is one. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
