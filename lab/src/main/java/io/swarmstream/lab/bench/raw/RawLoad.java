package io.swarmstream.lab.bench.raw;

/**
 * The records of one round.
 *
 * @param sites each of which sends a delta
 * @param connections that the sites share; each of them receives the model
 * @param chunks records of a delta, and of the model
 * @param deltaBytes of a delta's record
 * @param modelBytes of the model's record
 */
public record RawLoad(int sites, int connections, int chunks, int deltaBytes, int modelBytes) {
  public RawLoad {
    if (connections < 1 || connections > sites) {
      throw new IllegalArgumentException(
          "connections is " + connections + "; it has to be 1 to the number of sites, " + sites);
    }
    if (chunks < 1 || deltaBytes < 1 || modelBytes < 1) {
      throw new IllegalArgumentException(
          "a round without records: chunks is %d, deltaBytes %d, modelBytes %d"
              .formatted(chunks, deltaBytes, modelBytes));
    }
  }

  int deltaRecords() {
    return sites * chunks;
  }

  /** How many of the sites share a connection. */
  int sitesOf(int connection) {
    return sites * (connection + 1) / connections - sites * connection / connections;
  }
}
