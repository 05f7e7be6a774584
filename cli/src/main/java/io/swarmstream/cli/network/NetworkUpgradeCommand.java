package io.swarmstream.cli.network;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.chain.TaskBoardUpgrade;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm network upgrade}. */
@Command(
    name = "upgrade",
    description = {
      "Gives a swarm that was set up by an earlier version the task board that it lacks, so that it"
          + " can have tasks and task agents. One admin runs it, while the network node runs; the"
          + " other organisations with a network node run it with --task-board.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NetworkUpgradeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--task-board",
      paramLabel = "ADDRESS",
      description =
          "Takes the task board that an admin has deployed, instead of deploying one. Its code is"
              + " checked.")
  private @Nullable String address;

  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    NetworkFolder folder = place.existing();
    PrintWriter out = spec.commandLine().getOut();
    String present = folder.requiredSettings().contracts().taskBoard();
    if (present != null) {
      if (address != null && !address.equalsIgnoreCase(present)) {
        throw new IllegalStateException(
            "this swarm has the task board "
                + present
                + " already; two would hide each other's tasks. Leave --task-board away");
      }
      out.println("This swarm has its task board, " + present + "; there is nothing to upgrade.");
      return 0;
    }
    String board = address == null ? deployed(folder) : adopted(folder, address);
    // Read again: the running node saves settings, too.
    NodeSettings settings = folder.requiredSettings();
    folder.save(settings.withTaskBoard(board));
    out.println("The swarm's task board is " + board + ".");
    out.println(
        "Stop this network node and start it again. Its sites and agents learn of it then.");
    if (address == null) {
      out.println(
          "Each other organisation with a network node:  ./swarm network upgrade --task-board "
              + board);
    }
    return 0;
  }

  private static String deployed(NetworkFolder folder) throws IOException {
    ChainOptions swarm = folder.chainOptions();
    try (ChainClient chain = ChainClient.reading(swarm)) {
      Optional<Member> own = chain.members().byAccount(folder.account().address());
      if (own.isEmpty() || !own.get().has(Role.ADMIN)) {
        throw new IllegalStateException(
            "only an admin gives the swarm a task board; ask one, and name its address:"
                + " 'swarm network upgrade --task-board ADDRESS'");
      }
    }
    return String.valueOf(TaskBoardUpgrade.deploy(swarm, folder.account()).taskBoard());
  }

  private String adopted(NetworkFolder folder, String board) throws IOException {
    try {
      return String.valueOf(TaskBoardUpgrade.adopt(folder.chainOptions(), board).taskBoard());
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }
}
