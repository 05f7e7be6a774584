package io.swarmstream.lab.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.network.folder.NetworkFolder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Prints when each round of a contract is on the chain, by the clock of who looks. */
final class AnchorWatch {
  private static final long EVERY_MS = 100;

  private AnchorWatch() {}

  /** Arguments: folder of a network node, contract. Prints round and milliseconds. */
  public static void main(String[] args) throws Exception {
    try (ChainClient chain =
        ChainClient.reading(NetworkFolder.existing(Path.of(args[0])).chainOptions())) {
      for (long seen = 0; ; TimeUnit.MILLISECONDS.sleep(EVERY_MS)) {
        long next = chain.anchors().nextRound(args[1]);
        for (; seen < next; seen++) {
          System.out.println(seen + " " + System.currentTimeMillis());
        }
      }
    }
  }
}
