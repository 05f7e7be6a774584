package io.swarmstream.schemas.encoding;

import io.swarmstream.schemas.Encoding;
import java.util.Optional;

/** The bytes of one {@link Encoding}. */
public interface Codec {
  float largest();

  int bytes(int values);

  /** How many values have that many bytes; -1: none. */
  int values(int bytes);

  /** Fills a payload of the right length. */
  void encode(float[] values, byte[] payload);

  /** Fills as many values as the payload has. */
  void decode(byte[] payload, float[] values);

  /** Of a payload whose length is right for some number of values. */
  Optional<PayloadFlaw> flaw(byte[] payload);
}
