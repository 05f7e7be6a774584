package io.swarmstream.testkit.real;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.swarmstream.clients.chain.ChainRefusalException;

/** The limits of the smart contract TaskBoard. */
final class MemoryLimits {
  static final int MAX_TEXT_BYTES = 160;
  static final int MAX_SITES = 256;
  static final int MAX_PEERS = 10_000;
  static final int MAX_AGENTS = 500;
  static final int MAX_LINES = 100_000;
  static final int MAX_DESCRIPTION_BYTES = 65_536;

  private MemoryLimits() {}

  static void checkText(String what, String field, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    checkLength(what, field, bytes.length, 1, MAX_TEXT_BYTES);
    for (int i = 0; i < bytes.length; i++) {
      if ((bytes[i] >= 0 && bytes[i] < ' ') || bytes[i] == 0x7f) {
        throw ChainRefusalException.of(what, "ControlCharacter", field, String.valueOf(i));
      }
    }
  }

  static void checkLength(String what, String field, int bytes, int least, int most) {
    if (bytes < least || bytes > most) {
      throw ChainRefusalException.of(
          what, "LengthOutOfRange", field, String.valueOf(bytes), String.valueOf(most));
    }
  }

  static void checkNumber(String what, String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw ChainRefusalException.of(
          what,
          "NumberOutOfRange",
          field,
          String.valueOf(value),
          String.valueOf(least),
          String.valueOf(most));
    }
  }
}
