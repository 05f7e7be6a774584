package io.swarmstream.lab.bench.raw;

/**
 * The records of one round.
 *
 * @param sites number of sites, each of which sends a delta
 * @param connections number of connections that the sites share; each of them receives the model
 * @param chunks number of records of a delta, and of the model
 * @param deltaBytes size of a record of a delta
 * @param modelBytes size of a record of the model
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

  /** Number of sites that share a connection. */
  int sitesOf(int connection) {
    return sites * (connection + 1) / connections - sites * connection / connections;
  }
}
