package io.swarmstream.lab.bench.kernels;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How fast all cores together go through memory that no cache holds, GB/s.
 *
 * @param read of bytes read
 * @param readBy what read that fast
 * @param copy of bytes read and bytes written
 * @param copyBy what copied that fast
 */
record MemoryLimit(
    @JsonProperty("readGBs") double read,
    String readBy,
    @JsonProperty("copyGBs") double copy,
    String copyBy) {

  /** What each of two ways has done better. */
  MemoryLimit best(MemoryLimit other) {
    boolean reads = read >= other.read;
    boolean copies = copy >= other.copy;
    return new MemoryLimit(
        reads ? read : other.read,
        reads ? readBy : other.readBy,
        copies ? copy : other.copy,
        copies ? copyBy : other.copyBy);
  }
}
