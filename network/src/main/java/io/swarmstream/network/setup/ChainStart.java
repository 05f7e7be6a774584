package io.swarmstream.network.setup;

import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GethNode;
import io.swarmstream.network.chain.GethOptions;
import io.swarmstream.network.chain.UrlNode;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Starts the Ethereum node of a network node. */
public final class ChainStart {
  private ChainStart() {}

  /** Starts that of a node that has been set up. */
  public static EthereumNode of(NetworkFolder folder, NodeSettings settings, SetupProgress progress)
      throws IOException {
    return start(folder, settings.chainUrl(), settings.host(), settings.p2pPort(), progress);
  }

  static EthereumNode of(NetworkFolder folder, NodePlan plan, SetupProgress progress)
      throws IOException {
    return start(folder, plan.chainUrl(), plan.host(), plan.p2pPort(), progress);
  }

  private static EthereumNode start(
      NetworkFolder folder, @Nullable String url, String host, int p2pPort, SetupProgress progress)
      throws IOException {
    if (url != null) {
      return new UrlNode(url);
    }
    progress.say("starting the Ethereum node");
    return GethNode.start(progress.geth(), folder.chain(), GethOptions.of(host, p2pPort));
  }
}
