package io.swarmstream.network.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * Writes a file of events that TensorBoard reads: records of TensorFlow's format (length, its
 * masked CRC32C, data, the data's masked CRC32C), each an Event message of
 * tensorflow/core/util/event.proto.
 */
final class EventFile {
  private static final int MASK_DELTA = 0xa282ead8;

  private final OutputStream out;

  /** Begins a file; its first event names the version. */
  EventFile(OutputStream out, Instant at) throws IOException {
    this.out = out;
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    time(event, at);
    bytes(event, 3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
    record(event.toByteArray());
  }

  /** Adds a value of a curve. */
  void scalar(String tag, long step, Instant at, double value) throws IOException {
    ByteArrayOutputStream scalar = new ByteArrayOutputStream();
    bytes(scalar, 1, tag.getBytes(StandardCharsets.UTF_8));
    scalar.write((2 << 3) | 5);
    scalar.write(little(4).putFloat((float) value).array());
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    bytes(summary, 1, scalar.toByteArray());
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    time(event, at);
    event.write(2 << 3);
    varint(event, step);
    bytes(event, 5, summary.toByteArray());
    record(event.toByteArray());
  }

  private static void time(ByteArrayOutputStream event, Instant at) throws IOException {
    event.write((1 << 3) | 1);
    event.write(little(8).putDouble(at.toEpochMilli() / 1000.0).array());
  }

  private static void bytes(ByteArrayOutputStream message, int field, byte[] value)
      throws IOException {
    message.write((field << 3) | 2);
    varint(message, value.length);
    message.write(value);
  }

  private static void varint(ByteArrayOutputStream message, long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      message.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    message.write((int) left);
  }

  private void record(byte[] data) throws IOException {
    byte[] length = little(8).putLong(data.length).array();
    out.write(length);
    out.write(little(4).putInt(masked(length)).array());
    out.write(data);
    out.write(little(4).putInt(masked(data)).array());
  }

  private static int masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int value = (int) crc.getValue();
    return ((value >>> 15) | (value << 17)) + MASK_DELTA;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
