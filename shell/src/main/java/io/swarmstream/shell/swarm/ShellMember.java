package io.swarmstream.shell.swarm;

import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.identity.IdentityFolder;
import io.swarmstream.schemas.signing.SiteKey;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The member that a shell acts as.
 *
 * @param folder of the member; the shell keeps its own files in {@code shell} below it
 * @param name of the member
 * @param identity key and certificate, which network nodes know it by
 * @param account signs what it does
 * @param chain how its programs reach the chain
 * @param nodes URLs of network nodes, its own or nearest first
 */
public record ShellMember(
    Path folder,
    String name,
    IdentityFolder identity,
    SiteKey account,
    ChainOptions chain,
    List<URI> nodes) {
  public ShellMember {
    nodes = List.copyOf(nodes);
  }

  /** Where the shell keeps contexts, history and uploads. */
  public Path shellFolder() {
    return folder.resolve("shell");
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return name + " in " + folder;
  }
}
