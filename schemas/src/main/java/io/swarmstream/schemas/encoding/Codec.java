package io.swarmstream.schemas.encoding;

import io.swarmstream.schemas.DeltaEncoding;
import java.util.Optional;

/** Converts values to and from the bytes of one {@link DeltaEncoding}. */
public interface Codec {
  float largest();

  int bytes(int values);

  /** Returns how many values a payload of this length and head has; -1 if none has. */
  int values(byte[] payload);

  /** Encodes the values into a payload of the right length. */
  void encode(float[] values, byte[] payload);

  /** Decodes as many values as the payload holds. */
  void decode(byte[] payload, float[] values);

  /** Returns the flaw of a payload whose length is valid for some number of values; empty: none. */
  Optional<PayloadFlaw> flaw(byte[] payload);
}
