package io.swarmstream.network.setup;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.ChainDeployment;
import io.swarmstream.clients.chain.ChainOptions;
import io.swarmstream.clients.chain.Founder;
import io.swarmstream.contracts.Draft;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.Identity;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GenesisFile;
import io.swarmstream.network.chain.GethFolder;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Sets up the first network node of a swarm: begins the chain, deploys the smart contracts, and
 * becomes the first member. Can be repeated when it was interrupted.
 */
public final class SentinelSetup {
  /** The default contract of HPE Swarm Learning, which programs written for it use. */
  private static final String DEFAULT_CONTRACT = "defaultbb.cqdb.sml.hpe";

  private static final Duration GRACE_PERIOD = Duration.ofSeconds(30);

  /** Programs written for HPE give a nodeWeightage of 1 to 100. */
  private static final int MAX_WEIGHT = 100;

  private SentinelSetup() {}

  /**
   * Sets the node up, unless it is set up.
   *
   * @return the Ethereum node, which runs
   */
  public static EthereumNode run(NetworkFolder folder, NodePlan plan, SetupProgress progress)
      throws Exception {
    SiteKey account = folder.account();
    Identity identity = OwnIdentity.in(folder, plan);
    if (plan.chainUrl() == null) {
      GethFolder chain = folder.chain();
      if (chain.genesis().isEmpty()) {
        Path geth = progress.geth();
        chain.begin(geth, GenesisFile.fresh(chain.sealer(), List.of(account.address())));
      }
    }
    EthereumNode ethereum = ChainStart.of(folder, plan, progress);
    try {
      if (folder.settings().isEmpty()) {
        progress.say("deploying the smart contracts");
        ChainOptions deployed =
            ChainDeployment.deploySecured(
                ethereum,
                plan.url() + "/rpc",
                account,
                new Founder(
                    plan.organisation(),
                    plan.name(),
                    identity.keyHash(),
                    Authorities.der(OwnIdentity.authority(identity))));
        draft(ethereum, deployed, account);
        folder.save(settings(plan, List.of(), NodeSettings.Contracts.of(deployed)));
      }
      return ethereum;
    } catch (IOException | RuntimeException e) {
      ethereum.close();
      throw e;
    }
  }

  private static void draft(EthereumNode ethereum, ChainOptions deployed, SiteKey account) {
    Draft draft =
        new Draft(DEFAULT_CONTRACT, 1, GRACE_PERIOD, null, null).withMaxWeight(MAX_WEIGHT);
    try (ChainClient client = ChainClient.over(ethereum, deployed, account)) {
      var unused = client.membership().setDraft(draft.name(), draft.text());
    }
  }

  static NodeSettings settings(
      NodePlan plan, List<String> otherNodes, NodeSettings.Contracts contracts) {
    return new NodeSettings(
        plan.organisation(),
        plan.name(),
        plan.host(),
        plan.port(),
        plan.p2pPort(),
        plan.kafka(),
        plan.chainUrl(),
        otherNodes,
        contracts);
  }
}
