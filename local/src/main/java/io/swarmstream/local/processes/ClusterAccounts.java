package io.swarmstream.local.processes;

import io.swarmstream.clients.chain.ChainDeployment;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.embedded.Anvil;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The accounts of a cluster's development chain and what they deploy. The node writes their keys to
 * its log; they are publicly known.
 */
final class ClusterAccounts {
  private final Path folder;
  private final ClusterFiles files;
  private final ClusterProcesses processes;

  ClusterAccounts(Path folder, ClusterFiles files, ClusterProcesses processes) {
    this.folder = folder;
    this.files = files;
    this.processes = processes;
  }

  /** Key of the account that owns training contracts. */
  SiteKey owner() throws IOException {
    return SiteKey.ofHex(keys().get(0));
  }

  /** Key of the account that anchors rounds. */
  SiteKey coordinator() throws IOException {
    return SiteKey.ofHex(keys().get(1));
  }

  /**
   * Deploys the smart contracts unless {@code swarm.properties} says that they are deployed, and
   * writes what clients need into the folder.
   */
  SwarmProperties deploy(Steps steps) throws Exception {
    if (!Files.exists(folder.resolve(SwarmProperties.FILE))) {
      String url = processes.address(Part.CHAIN);
      ChainOptions deployed =
          steps.run("deploying the smart contracts", () -> ChainDeployment.deploy(url, owner()));
      PrivateFiles.write(files.coordinatorKey(), keys().get(1));
      new SwarmProperties(
              processes.address(Part.KAFKA),
              url,
              deployed.trainingContracts(),
              deployed.roundAnchors())
          .writeTo(folder);
    }
    if (!OwnerFiles.areIn(folder)) {
      OwnerFiles.write(folder, keys().get(0), coordinator().address());
    }
    return SwarmProperties.in(folder);
  }

  private List<String> keys() throws IOException {
    try (Stream<String> lines = Files.lines(processes.log(Part.CHAIN))) {
      return Anvil.devKeys(lines);
    }
  }
}
