package io.swarmstream.cli.options;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.contracts.ContractOwner;
import io.swarmstream.jobs.options.ConnectionOptions;
import io.swarmstream.local.processes.OwnerFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/**
 * Finds the swarm that a command works with: the one that its {@link ConnectionOptions} name, or
 * the local swarm that is running.
 */
public final class SwarmPlace {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  /**
   * Where a swarm is, and who may create contracts in it.
   *
   * @param folder the swarm's folder; empty when an address was given by hand
   * @param owner empty when the folder has no owner's key
   */
  public record Found(
      Optional<Path> folder,
      KafkaEndpoint kafka,
      ChainOptions chain,
      Optional<ContractOwner> owner) {}

  /**
   * Finds the swarm.
   *
   * @throws IllegalArgumentException naming the option that is missing or wrong
   */
  public Found find() throws IOException {
    ConnectionOptions.Connection to = options.connection(Optional.of(SwarmFolders.running()));
    Optional<ContractOwner> owner =
        to.folder().isPresent() ? owner(to.folder().get(), to) : Optional.empty();
    return new Found(to.folder(), to.kafka(), to.chain(), owner);
  }

  private static Optional<ContractOwner> owner(Path folder, ConnectionOptions.Connection to)
      throws IOException {
    if (!OwnerFiles.areIn(folder)) {
      return Optional.empty();
    }
    OwnerFiles files = OwnerFiles.in(folder);
    return Optional.of(
        new ContractOwner(folder, to.kafka(), to.chain(), files.owner(), files.coordinator()));
  }
}
