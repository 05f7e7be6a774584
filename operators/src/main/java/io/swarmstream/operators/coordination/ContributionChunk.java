package io.swarmstream.operators.coordination;

/**
 * A chunk of a contribution, whichever received record carried it.
 *
 * @param signed hash of what the site signed, hex
 */
public record ContributionChunk(String site, String signed, int chunk) {
  // Flink keys its state by this hash: it must be the same in every JVM, which a record's own need
  // not be.
  @Override
  public int hashCode() {
    return (site.hashCode() * 31 + signed.hashCode()) * 31 + chunk;
  }
}
