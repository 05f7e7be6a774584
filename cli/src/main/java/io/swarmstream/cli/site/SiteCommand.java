package io.swarmstream.cli.site;

import io.swarmstream.cli.options.LicenceChoice;
import io.swarmstream.cli.options.SwarmFolders;
import io.swarmstream.cli.options.SwarmPlace;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.MemberName;
import io.swarmstream.schemas.files.FolderLock;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.http.KnownNode;
import io.swarmstream.site.node.http.ServerOptions;
import io.swarmstream.web.Place;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code swarm site}. */
@Command(
    name = "site",
    description = {
      "Starts a site's node: trainers on this machine send it their weights by HTTP and receive "
          + "merged models. Runs until Ctrl-C, then leaves its trainings.",
      "",
      "Creates the site's key at the first start. In a local swarm the node enrols itself; "
          + "elsewhere it prints the address that the owner of the contract has to enrol.",
      "",
      "Joining a swarm of other organisations by an invitation: the subcommands.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    subcommands = {
      SiteJoinCommand.class,
      SiteStartCommand.class,
      SiteLeaveCommand.class,
      RotateKeyCommand.class,
      RotateAccountCommand.class
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class SiteCommand implements Callable<Integer> {
  /** The port that sites of HPE Swarm Learning listen on. */
  static final int PORT = 30305;

  @Spec private CommandSpec spec;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the site, such as hospital-a.")
  private @Nullable String given;

  @Option(
      names = "--contract",
      paramLabel = "C",
      description =
          "Reports at the start whether the site is enrolled in this training contract. Trainers"
              + " name their contracts themselves.")
  private @Nullable String contract;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port for trainers; 0: any free one. Default: ${DEFAULT-VALUE}.")
  private int port = PORT;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on. Beyond this machine by TLS, with --identity; trainers there need "
              + "SWARM_CA_FILE and the token. Default: ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "A host name by which trainers may reach the node, besides addresses and localhost. May"
              + " be given several times.")
  private Set<String> allowedHosts = new LinkedHashSet<>();

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "The site's folder for key, weights and models. Default: .swarm/sites/NAME.")
  private @Nullable Path folder;

  @Mixin private TrainerDoors doors;
  @Mixin private SwarmPlace place;
  @Mixin private KeyOptions keys;
  @Mixin private LicenceChoice licence;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws Exception {
    String name = given;
    if (name == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing required option: '--name=NAME'; or use one of the subcommands");
    }
    try {
      var unused = MemberName.check("--name", name);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    if (contract != null) {
      try {
        var unused = ContractTerms.checkName(contract);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--contract: " + e.getMessage(), e);
      }
    }
    Path home = folder == null ? SwarmFolders.home().resolve("sites").resolve(name) : folder;
    try (FolderLock held =
        FolderLock.of(
            home,
            "a node of site " + name + " is running in " + home + " already; stop it first")) {
      run(name, home.toAbsolutePath());
    }
    return 0;
  }

  private void run(String name, Path home) throws Exception {
    SwarmPlace.Found swarm = find();
    SiteKey key = key(home, swarm.localOwner().isPresent());
    NodeOptions options = NodeOptions.of(name, swarm.kafka(), swarm.chain(), home);
    if (swarm.localOwner().isPresent()) {
      options = options.withOwner(swarm.localOwner().get());
    }
    Optional<Path> identity = Optional.ofNullable(swarm.chain().identityFolder()).map(Path::of);
    SiteConsole console = new SiteConsole(spec);
    try (SiteLease lease = SiteLease.take(licence, spec, name, identity)) {
      console.run(
          options.withPermit(lease::refusal).asking(doors.asks()),
          key,
          doors.listening(listening(identity)),
          doors.pipes(),
          (node, server) -> {
            if (swarm.localOwner().isEmpty()) {
              sayWhoEnrols(swarm, key, spec.commandLine().getOut());
            }
            return () -> {};
          });
    }
  }

  /** Trainers of this machine need no TLS. */
  private ServerOptions listening(Optional<Path> identity) {
    ServerOptions options =
        ServerOptions.of(host, port)
            .withAllowedHosts(allowedHosts)
            .withKnownNodes(KnownNode.folder());
    return new Place(host, port).isLoopback()
        ? options
        : identity.map(options::withIdentity).orElse(options);
  }

  private SwarmPlace.Found find() throws IOException {
    try {
      return place.find();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private SiteKey key(Path home, boolean isLocal) throws IOException {
    try {
      return keys.key(home, isLocal);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void sayWhoEnrols(SwarmPlace.Found swarm, SiteKey key, PrintWriter out) {
    if (contract == null) {
      out.println("The owner of a contract has to enrol that address before the site can train.");
      return;
    }
    try (ChainClient chain = ChainClient.reading(swarm.chain())) {
      String owner =
          chain
              .registry()
              .owner(contract)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "there is no contract "
                              + contract
                              + "; there are "
                              + chain.registry().names()));
      boolean enrolled =
          chain.registry().sites(contract).stream()
              .anyMatch(site -> site.address().equals(key.address()));
      out.println(
          enrolled
              ? "It is enrolled in contract " + contract + "."
              : "It is not enrolled in contract "
                  + contract
                  + ": have its owner "
                  + owner
                  + " do it.");
    }
  }
}
