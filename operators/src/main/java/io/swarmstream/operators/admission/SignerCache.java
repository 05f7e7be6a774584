package io.swarmstream.operators.admission;

import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.SiteKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers who signed what: the chunks of a contribution carry one and the same signature, and
 * recovering its signer costs about a millisecond.
 */
public final class SignerCache {
  private static final int CAPACITY = 4096;

  private final Map<Hash, Optional<String>> signers =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Optional<String>> eldest) {
          return size() > CAPACITY;
        }
      };

  /** The address that signed; empty when the signature is none. */
  Optional<String> signer(Hash content, byte[] signature) {
    return signers.computeIfAbsent(
        Hash.sha256(content.bytes(), signature), key -> SiteKey.signer(content, signature));
  }
}
