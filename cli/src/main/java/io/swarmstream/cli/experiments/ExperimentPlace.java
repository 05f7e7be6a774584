package io.swarmstream.cli.experiments;

import io.swarmstream.cli.shell.MemberFolder;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.shell.swarm.ShellMember;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that all commands for experiments share: whose certificate asks which network nodes. */
final class ExperimentPlace {
  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "Folder of a network node or a site. Default: .swarm/network, or .swarm/site if there is no node.")
  private @Nullable Path folder;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  NetworkClient api() throws IOException {
    ShellMember member = MemberFolder.find(Optional.ofNullable(folder));
    return new NetworkClient(member.nodes(), ReloadingTls.of(member.identity()));
  }
}
