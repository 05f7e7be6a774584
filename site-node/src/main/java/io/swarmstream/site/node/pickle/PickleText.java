package io.swarmstream.site.node.pickle;

/**
 * A string of a pickle.
 *
 * @param value empty if it is too long for a name
 * @param position of its UTF-8 in the file
 * @param length of its UTF-8
 */
record PickleText(String value, long position, long length) {
  /** The longest that is kept in memory. */
  static final int LONGEST = 4_096;

  /** The bytes that it stands for, in pickles before protocol 3. */
  RawBytes asBytes() {
    return new RawBytes.Latin1(position, length);
  }
}
