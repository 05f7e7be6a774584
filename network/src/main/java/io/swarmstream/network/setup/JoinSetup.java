package io.swarmstream.network.setup;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.network.ChainEntry;
import io.swarmstream.clients.network.EnrolmentAnswer;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.SwarmAddresses;
import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.Identity;
import io.swarmstream.network.chain.Enode;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.chain.GenesisFile;
import io.swarmstream.network.chain.GethNode;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.network.folder.NodeVersion;
import io.swarmstream.network.members.NodeRecords;
import io.swarmstream.schemas.signing.SiteKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a network node that joins a swarm: enrols its organisation, and follows the swarm's
 * chain.
 */
public final class JoinSetup {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MS = 100;

  private JoinSetup() {}

  /** How the organisation becomes a member. */
  @FunctionalInterface
  public interface Entry {
    /** Can be repeated with the same account and identity. */
    EnrolmentAnswer enrol(NetworkFolder folder, SiteKey account, Identity identity)
        throws IOException;
  }

  /**
   * Sets the node up by an invitation, unless it is set up.
   *
   * @return the Ethereum node, which runs
   * @throws IllegalArgumentException when the invitation is not one for a network node
   */
  public static EthereumNode run(
      NetworkFolder folder, NodePlan plan, InvitationFile invitation, SetupProgress progress)
      throws Exception {
    if (folder.settings().isEmpty() && !invitation.roles().contains("network")) {
      throw new IllegalArgumentException(
          "the invitation of "
              + invitation.name()
              + " is for "
              + invitation.roles()
              + "; ask for one with --role network");
    }
    return run(folder, plan, new InvitationEntry(invitation), progress);
  }

  /**
   * Sets the node up, unless it is set up.
   *
   * @return the Ethereum node, which runs
   */
  public static EthereumNode run(
      NetworkFolder folder, NodePlan plan, Entry entry, SetupProgress progress) throws Exception {
    if (folder.settings().isPresent()) {
      return ChainStart.of(folder, folder.requiredSettings(), progress);
    }
    SiteKey account = folder.account();
    Identity identity = OwnIdentity.in(folder, plan);
    progress.say("enrolling as " + plan.name());
    EnrolmentAnswer answer = entry.enrol(folder, account, identity);
    List<X509Certificate> all = new ArrayList<>();
    answer.authorities().forEach(pem -> all.addAll(Authorities.ofPem(pem, "answer")));
    OwnIdentity.trust(folder, all);
    SwarmAddresses swarm = answer.addresses();
    NodeSettings settings =
        SentinelSetup.settings(
            plan,
            swarm.networkNodes(),
            new NodeSettings.Contracts(
                swarm.trainingContracts(),
                swarm.roundAnchors(),
                swarm.swarmMembers(),
                swarm.startBlock(),
                swarm.taskBoard()));
    if (plan.chainUrl() == null) {
      begin(folder, required(answer.chain()), progress);
    }
    EthereumNode ethereum = ChainStart.of(folder, plan, progress);
    try {
      if (ethereum instanceof GethNode geth) {
        follow(geth, folder, settings, required(answer.chain()), progress);
      }
      // Last, so that an interrupted setup is noticed.
      folder.save(settings);
      return ethereum;
    } catch (Exception e) {
      ethereum.close();
      throw e;
    }
  }

  private static void begin(NetworkFolder folder, ChainEntry entry, SetupProgress progress)
      throws IOException {
    Path geth = progress.geth();
    folder
        .chain()
        .begin(geth, GenesisFile.parse(entry.genesis()).checkedAgainst(entry.genesisHash()));
  }

  /**
   * Announces the new node through another one, so that the others let it in, and waits until it
   * has their chain.
   */
  private static void follow(
      GethNode geth,
      NetworkFolder folder,
      NodeSettings settings,
      ChainEntry entry,
      SetupProgress progress)
      throws Exception {
    geth.connect(entry.enodes().stream().map(Enode::parse).toList());
    long there;
    try (ChainClient others =
        ChainClient.signing(
            settings
                .contracts()
                .at(
                    settings.otherNodes().stream()
                        .map(url -> url + "/rpc")
                        .collect(Collectors.joining(",")))
                .withTls(folder.identity().path()),
            folder.account())) {
      var unused =
          others
              .membership()
              .announceNode(
                  NodeRecords.network(
                      folder.account().address(), settings, geth, NodeVersion.PRODUCT));
      there = others.newestBlock();
    }
    progress.say("following the chain to block " + there);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (block(geth) < there) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "this node's chain is at block "
                + block(geth)
                + " and that of "
                + settings.otherNodes()
                + " at "
                + there
                + " after "
                + PATIENCE.toSeconds()
                + " s; check that port "
                + settings.p2pPort()
                + " of "
                + settings.host()
                + " can be reached from there, and "
                + entry.enodes()
                + " from here");
      }
      Thread.sleep(POLL_MS);
    }
  }

  private static long block(GethNode geth) {
    return geth.health().block();
  }

  private static ChainEntry required(@Nullable ChainEntry entry) {
    if (entry == null) {
      throw new IllegalStateException(
          "the swarm uses a chain that is not its own; give its address with --chain URL");
    }
    return entry;
  }
}
