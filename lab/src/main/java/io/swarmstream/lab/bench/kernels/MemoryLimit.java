package io.swarmstream.lab.bench.kernels;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Memory bandwidth of all cores together, for memory that no cache holds, in GB/s.
 *
 * @param read rate of bytes read
 * @param readBy what reached that read rate
 * @param copy rate of bytes read and bytes written together
 * @param copyBy what reached that copy rate
 */
record MemoryLimit(
    @JsonProperty("readGBs") double read,
    String readBy,
    @JsonProperty("copyGBs") double copy,
    String copyBy) {

  /** The better read rate and the better copy rate of two measurements. */
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
