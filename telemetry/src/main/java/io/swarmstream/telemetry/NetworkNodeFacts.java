package io.swarmstream.telemetry;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a network node knows, as its metrics ask for it at each scrape. A method that throws leaves
 * its metric out of that scrape, so that the others are still seen.
 */
public interface NetworkNodeFacts {
  /** The node's name. */
  String name();

  /** Its version. */
  String version();

  /** When it was started. */
  Instant startedAt();

  /** Until when its certificate is valid; {@link CertificateExpiry#in} reads that. */
  Optional<Instant> certificateExpires();

  /** Number of the chain's newest block. */
  long chainHeight();

  /** When the newest block was sealed. */
  Instant newestBlockAt();

  /** Number of Ethereum nodes it is connected to. */
  int peers();

  /** Number of members by status, in lower case: {@code active}, {@code pending}, … */
  Map<String, Integer> members();

  /** Newest sealed round by contract. */
  Map<String, Long> rounds();

  /** Newest round on the chain by contract; -1: none. */
  Map<String, Long> anchors();
}
