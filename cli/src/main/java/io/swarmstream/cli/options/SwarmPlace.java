package io.swarmstream.cli.options;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.contracts.ChainDrafts;
import io.swarmstream.contracts.ContractKeeper;
import io.swarmstream.contracts.ContractOwner;
import io.swarmstream.contracts.Draft;
import io.swarmstream.contracts.MemberOwner;
import io.swarmstream.jobs.options.ConnectionOptions;
import io.swarmstream.local.processes.OwnerFiles;
import io.swarmstream.network.folder.AccountFiles;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.join.SiteFolder;
import io.swarmstream.site.node.join.SiteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
      Supplier<KafkaEndpoint> brokers,
      ChainOptions chain,
      Optional<ContractKeeper> owner) {
    /** Kafka, which is looked up on the chain if the folder does not name it. */
    public KafkaEndpoint kafka() {
      return brokers.get();
    }

    /** The owner of a swarm on this machine without members, where sites enrol themselves. */
    public Optional<ContractKeeper> localOwner() {
      return chain.hasMembers() ? Optional.empty() : owner;
    }

    /** The drafts, wherever the swarm keeps them. */
    public List<Draft> drafts() throws IOException {
      if (chain.hasMembers()) {
        try (ChainClient client = ChainClient.reading(chain)) {
          return new ChainDrafts(client).all();
        }
      }
      return folder.isPresent() ? Draft.all(folder.get()) : List.of();
    }

    /** The draft of a name. */
    public Optional<Draft> draft(String name) throws IOException {
      if (chain.hasMembers()) {
        try (ChainClient client = ChainClient.reading(chain)) {
          return new ChainDrafts(client).find(name);
        }
      }
      return folder.isPresent() ? Draft.find(folder.get(), name) : Optional.empty();
    }
  }

  /**
   * Finds the swarm.
   *
   * @throws IllegalArgumentException naming the option that is missing or wrong
   */
  public Found find() throws IOException {
    ConnectionOptions.Connection to = options.connection(Optional.of(SwarmFolders.running()));
    Optional<ContractKeeper> owner =
        to.folder().isPresent() ? owner(to.folder().get(), to) : Optional.empty();
    return new Found(to.folder(), to.brokers(), to.chain(), owner);
  }

  private static Optional<ContractKeeper> owner(Path folder, ConnectionOptions.Connection to)
      throws IOException {
    if (to.chain().hasMembers()) {
      return account(folder).map(key -> new MemberOwner(to.chain(), to.brokers(), key));
    }
    if (!OwnerFiles.areIn(folder)) {
      return Optional.empty();
    }
    OwnerFiles files = OwnerFiles.in(folder);
    return Optional.of(
        new ContractOwner(folder, to.kafka(), to.chain(), files.owner(), files.coordinator()));
  }

  /** The account of the member whose folder it is. */
  private static Optional<SiteKey> account(Path folder) throws IOException {
    if (OwnerFiles.areIn(folder)) {
      return Optional.of(OwnerFiles.in(folder).owner());
    }
    if (AccountFiles.areIn(folder)) {
      return Optional.of(AccountFiles.in(folder));
    }
    return Files.exists(folder.resolve(SiteSettings.FILE))
        ? Optional.of(SiteFolder.existing(folder).account())
        : Optional.empty();
  }
}
