package io.swarmstream.cli.network;

import io.swarmstream.cli.options.IdentityChoice;
import io.swarmstream.cli.options.NodeAddress;
import io.swarmstream.clients.chain.Member;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.identity.spiffe.BroughtIdentity;
import io.swarmstream.local.proof.LocalVerifier;
import io.swarmstream.network.NetworkNode;
import io.swarmstream.network.NodeBinding;
import io.swarmstream.network.chain.EthereumNode;
import io.swarmstream.network.enrol.CertificatePolicy;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.network.setup.CertificateEntry;
import io.swarmstream.network.setup.ChainStart;
import io.swarmstream.network.setup.JoinSetup;
import io.swarmstream.network.setup.NodePlan;
import io.swarmstream.network.setup.SentinelSetup;
import io.swarmstream.network.setup.SetupProgress;
import io.swarmstream.schemas.files.FolderLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm network start}. */
@Command(
    name = "start",
    description = {
      "Runs this organisation's network node until Ctrl-C: its API, and a node of the swarm's"
          + " chain.",
      "",
      "The first start sets it up: --sentinel begins a swarm, --join FILE joins one by an"
          + " invitation, --network-node HOST:PORT by a certificate. Later starts need none of"
          + " them.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was stopped",
      "1:it could not be set up or started; the message says why",
      "2:wrong option"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class NetworkStartCommand implements Callable<Integer> {
  private static final String LOOPBACK = "127.0.0.1";

  @Spec private CommandSpec spec;

  @Option(names = "--sentinel", description = "Begins a swarm; this is its first network node.")
  private boolean sentinel;

  @Option(
      names = "--join",
      paramLabel = "FILE",
      description = "Joins the swarm that this invitation is for.")
  private @Nullable Path join;

  @Option(
      names = "--network-node",
      paramLabel = "HOST:PORT",
      description =
          "Joins the swarm of this network node by --cert, if it admits network nodes by"
              + " certificate.")
  private @Nullable String networkNode;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "With --sentinel: name of this member, such as org-a. With --network-node; default:"
              + " common name of the certificate.")
  private @Nullable String name;

  @Option(
      names = "--organisation",
      paramLabel = "NAME",
      description = "With --sentinel: organisation of this member. Default: --name.")
  private @Nullable String organisation;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "Name or address under which others reach this machine. Default: ${DEFAULT-VALUE}.")
  private String host = LOOPBACK;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the API. Default: ${DEFAULT-VALUE}.")
  private int port = 30304;

  @Option(
      names = "--p2p-port",
      paramLabel = "PORT",
      description = "Port of the Ethereum node. Default: ${DEFAULT-VALUE}.")
  private int p2pPort = 30303;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS[:PORT]",
      description =
          "Address that the API listens on, and its port if a proxy has --host and --port and passes"
              + " TLS on. Default: 127.0.0.1 if that is --host, else 0.0.0.0; --port.")
  private @Nullable String listen;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Brokers of this organisation's Kafka, to be announced to the swarm.")
  private @Nullable String kafka;

  @Option(
      names = "--chain",
      paramLabel = "URL",
      description = "JSON-RPC address of an Ethereum node to use instead of an own one.")
  private @Nullable String chain;

  @Mixin private NewcomerChoice newcomers;
  @Mixin private IdentityChoice identity;
  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    Path path = place.path();
    try (FolderLock held =
        FolderLock.of(path, "a network node is running in " + path + " already; stop it first")) {
      run(NetworkFolder.open(path));
    }
    return 0;
  }

  private void run(NetworkFolder folder) throws Exception {
    Optional<NodeSettings> known = folder.settings();
    CertificatePolicy policy = policy();
    Setup setup = setup(folder, known);
    try (BroughtIdentity.Following source = fill(folder)) {
      EthereumNode ethereum = setup.run(spec.commandLine().getErr()::println);
      String address = listen == null ? usualAddress(folder) : listen;
      try (NetworkNode node =
          NetworkNode.start(folder, ethereum, address, policy, new LocalVerifier())) {
        NodeBinding.renew(folder, node);
        node.registerPartners(BroughtIdentity.partnersRememberedIn(folder.identity()))
            .forEach(spec.commandLine().getErr()::println);
        say(node);
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        spec.commandLine().getErr().println("stopping");
      }
    }
  }

  /** Starts the Ethereum node, and sets up whatever is missing. */
  private interface Setup {
    EthereumNode run(SetupProgress progress) throws Exception;
  }

  private Setup setup(NetworkFolder folder, Optional<NodeSettings> known) throws IOException {
    try {
      if (Stream.of(sentinel, join != null, networkNode != null).filter(it -> it).count() > 1) {
        throw new IllegalArgumentException(
            "--sentinel, --join and --network-node exclude each other; give one");
      }
      if (known.isPresent()) {
        NodeSettings settings = kafka == null ? known.get() : known.get().withKafka(kafka);
        folder.save(settings);
        return progress -> ChainStart.of(folder, settings, progress);
      }
      if (join != null) {
        InvitationFile invitation = InvitationFile.read(join);
        NodePlan plan = plan(invitation.organisation(), invitation.name());
        return progress -> JoinSetup.run(folder, plan, invitation, progress);
      }
      if (networkNode != null) {
        return byCertificate(folder, NodeAddress.of(networkNode));
      }
      if (!sentinel) {
        throw new IllegalArgumentException(
            "no network node has been set up in "
                + folder.path()
                + ": --sentinel begins a swarm, --join FILE joins one by an invitation");
      }
      if (name == null) {
        throw new IllegalArgumentException("--name is missing: the first member has a name, too");
      }
      NodePlan plan = plan(organisation == null ? name : organisation, name);
      return progress -> SentinelSetup.run(folder, plan, progress);
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private Setup byCertificate(NetworkFolder folder, URI node) {
    if (!identity.isGiven()) {
      throw new IllegalArgumentException(
          "--network-node needs a certificate: --cert, --key and --cacert or --capath");
    }
    return progress -> {
      CertificateEntry entry = CertificateEntry.at(node, folder, name);
      return JoinSetup.run(folder, plan(entry.organisation(), entry.name()), entry, progress);
    };
  }

  private CertificatePolicy policy() {
    try {
      return newcomers.policy();
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private NodePlan plan(String of, String member) {
    return new NodePlan(of, member, host, port, p2pPort, kafka, chain);
  }

  private BroughtIdentity.Following fill(NetworkFolder folder)
      throws IOException, InterruptedException {
    try {
      return identity.fill(folder.identity());
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private static String usualAddress(NetworkFolder folder) throws IOException {
    String reached = folder.requiredSettings().host();
    return reached.equals(LOOPBACK) || reached.equals("localhost") ? LOOPBACK : "0.0.0.0";
  }

  private void say(NetworkNode node) {
    PrintWriter out = spec.commandLine().getOut();
    long active = node.swarm().members().stream().filter(Member::isActive).count();
    out.println("Network node of " + node.settings().organisation() + ": " + node.settings().url());
    out.println("Chain: block " + node.chain().newestBlock() + ". Members: " + active + ".");
    newcomers.said().ifPresent(out::println);
    out.println(
        "Invite others:  ./swarm network invite hospital-b --role site > hospital-b.invite");
    out.println("Ctrl-C stops it.");
    out.flush();
  }
}
