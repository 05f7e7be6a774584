package io.swarmstream.site.node.pickle;

import java.util.Arrays;
import java.util.Optional;

/** Types of numbers that arrays may have. */
public enum NumpyType {
  FLOAT16("f2", "float16", 2),
  FLOAT32("f4", "float32", 4),
  FLOAT64("f8", "float64", 8),
  INT8("i1", "int8", 1),
  INT16("i2", "int16", 2),
  INT32("i4", "int32", 4),
  INT64("i8", "int64", 8),
  UINT8("u1", "uint8", 1),
  UINT16("u2", "uint16", 2),
  UINT32("u4", "uint32", 4),
  UINT64("u8", "uint64", 8),
  BOOL("b1", "bool", 1);

  private final String code;
  private final String longName;
  private final int bytes;

  NumpyType(String code, String longName, int bytes) {
    this.code = code;
    this.longName = longName;
    this.bytes = bytes;
  }

  /** As numpy writes it into pickles, without the byte order. */
  public String code() {
    return code;
  }

  /** As numpy shows it to people. */
  public String longName() {
    return longName;
  }

  /** Number of bytes of a value. */
  public int bytes() {
    return bytes;
  }

  /** Whether its values can be merged. */
  public boolean isFloat() {
    return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
  }

  /** The type of a code or a long name; empty: arrays of that type are not read. */
  public static Optional<NumpyType> named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.code.equals(name) || type.longName.equals(name))
        .findFirst();
  }
}
