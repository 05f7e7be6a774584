package io.swarmstream.cli.network;

import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.MemberAct;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.network.govern.MemberGovernance;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that all commands for a network share, and what these find by them. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NetworkPlace {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "The network node's folder. Default: .swarm/network.")
  private @Nullable Path folder;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  Path path() {
    return folder == null ? SwarmFolders.network() : folder.toAbsolutePath();
  }

  /** The folder of a node that has been set up. */
  NetworkFolder existing() throws IOException {
    return NetworkFolder.existing(path());
  }

  /** A client of the chain that signs with the folder's account, through any network node. */
  ChainClient signing() throws IOException {
    NetworkFolder own = existing();
    return ChainClient.signing(own.chainOptions(), own.account());
  }

  /** A client of the network nodes' API; asks the own node first. */
  NetworkClient api() throws IOException {
    NetworkFolder own = existing();
    NodeSettings settings = own.requiredSettings();
    List<URI> urls =
        Stream.concat(Stream.of(settings.url()), settings.otherNodes().stream())
            .distinct()
            .map(URI::create)
            .toList();
    return new NetworkClient(urls, ReloadingTls.of(own.identity()));
  }

  /** Governs members by the folder's account. */
  MemberGovernance governing(ChainClient chain) throws IOException {
    return new MemberGovernance(chain, existing().requiredSettings().chainUrl() == null);
  }

  /** Prints what an act has done, or who else has to agree. */
  void say(MemberAct act, String done) {
    command
        .commandLine()
        .getOut()
        .println(
            act.isDone()
                ? done
                : act.votes()
                    + " of "
                    + act.needed()
                    + " admins have said so; it takes effect when the others run the same"
                    + " command.");
  }

  ParameterException wrong(IllegalArgumentException e) {
    return new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
  }
}
