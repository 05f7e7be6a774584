package io.swarmstream.cli.site;

import io.swarmstream.cli.options.IdentityChoice;
import io.swarmstream.cli.options.LicenceChoice;
import io.swarmstream.cli.options.Span;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.identity.spiffe.BroughtIdentity;
import io.swarmstream.network.folder.NodeVersion;
import io.swarmstream.schemas.files.FolderLock;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.site.node.NodeOptions;
import io.swarmstream.site.node.SiteNode;
import io.swarmstream.site.node.http.KnownNode;
import io.swarmstream.site.node.http.NodeServer;
import io.swarmstream.site.node.http.ServerOptions;
import io.swarmstream.site.node.join.Approval;
import io.swarmstream.site.node.join.NetworkFounder;
import io.swarmstream.site.node.join.ReportedProgress;
import io.swarmstream.site.node.join.SiteAddresses;
import io.swarmstream.site.node.join.SiteFolder;
import io.swarmstream.site.node.join.SiteSettings;
import io.swarmstream.site.node.join.SiteUpkeep;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm site start}. */
@Command(
    name = "start",
    description = {
      "Starts the node of a site that has joined a swarm, and runs it until Ctrl-C. Renews the site's"
          + " certificate by itself.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SiteStartCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port for trainers; 0: any free one. Default: ${DEFAULT-VALUE}.")
  private int port = SiteCommand.PORT;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on for trainers; beyond this machine with TLS. Default: ${DEFAULT-VALUE}.")
  private String host = "127.0.0.1";

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "A host name by which trainers may reach the node, besides addresses and localhost. May be "
              + "given several times.")
  private Set<String> allowedHosts = new LinkedHashSet<>();

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = Span.class,
      defaultValue = "10m",
      description =
          "How long to wait for the site's approval, and for the swarm's Kafka. Default: ${DEFAULT-VALUE}.")
  private Duration wait;

  @Mixin private TrainerDoors doors;
  @Mixin private IdentityChoice identity;
  @Mixin private MemberPlace place;
  @Mixin private LicenceChoice licence;

  @Override
  public Integer call() throws Exception {
    try (FolderLock held =
        FolderLock.of(
            place.path(), "a node is running in " + place.path() + " already; stop it first")) {
      SiteFolder folder = place.existing();
      try (BroughtIdentity.Following source = fill(folder)) {
        new Approval(folder, place::progress).await(List.of(), wait);
        SiteSettings site = new SiteAddresses(folder, place::progress).awaitKafka(wait);
        run(folder, site);
      }
    }
    return 0;
  }

  private void run(SiteFolder folder, SiteSettings site) throws Exception {
    SiteKey key = folder.account();
    try (ChainClient chain = ChainClient.reading(site.chainOptions(folder.identity().path()));
        SiteLease lease =
            SiteLease.take(licence, spec, site.name(), Optional.of(folder.identity().path()))) {
      NodeOptions options =
          NodeOptions.of(
                  site.name(),
                  KafkaEndpoint.secured(site.requiredKafka(), folder.identity().path()),
                  site.chainOptions(folder.identity().path()),
                  folder.path())
              .withOwner(new NetworkFounder(folder.network(), chain))
              .withPermit(lease::refusal)
              .asking(doors.asks());
      new SiteConsole(spec)
          .run(
              options,
              key,
              doors.listening(listening(folder)),
              doors.pipes(),
              (node, server) -> upkeep(folder, node, server));
    }
  }

  private SiteUpkeep upkeep(SiteFolder folder, SiteNode node, NodeServer server)
      throws IOException {
    place.say("It is a member of the swarm of " + folder.requiredSettings().networkNodes() + ".");
    return SiteUpkeep.start(
        folder,
        SiteUpkeep.Running.node(
            server.uri().toString(), NodeVersion.PRODUCT, () -> ReportedProgress.of(node)),
        place::progress);
  }

  private ServerOptions listening(SiteFolder folder) {
    ServerOptions options =
        ServerOptions.of(host, port)
            .withAllowedHosts(allowedHosts)
            .withKnownNodes(KnownNode.folder());
    // Trainers on this machine speak HTTP and show the token; others need TLS as well.
    return isLoopback() ? options : options.withIdentity(folder.identity().path());
  }

  private boolean isLoopback() {
    return Optional.of(host)
        .filter(at -> at.startsWith("127.") || at.equals("localhost") || at.equals("::1"))
        .isPresent();
  }

  private BroughtIdentity.Following fill(SiteFolder folder)
      throws IOException, InterruptedException {
    try {
      return identity.fillMember(folder.identity());
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }
}
