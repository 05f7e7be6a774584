package io.swarmstream.cli.cluster;

import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.local.processes.ClusterOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that all commands for clusters share. */
final class ClusterPlace {
  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "The cluster's folder. Default: .swarm/cluster in the repository.")
  private @Nullable Path folder;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  ClusterOptions options() throws IOException {
    return Repository.cluster(folder == null ? SwarmFolders.cluster() : folder);
  }
}
