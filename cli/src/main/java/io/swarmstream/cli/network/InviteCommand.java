package io.swarmstream.cli.network;

import io.swarmstream.cli.options.OutputFile;
import io.swarmstream.cli.options.Span;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.InvitedSite;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.network.govern.Inviting;
import io.swarmstream.network.govern.SentInvitations;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.MemberName;
import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code swarm network invite}. */
@Command(
    name = "invite",
    description = {
      "Invites a member, and prints the invitation: a file that the other organisation joins with,"
          + " once. Whoever has it can use it, so send it as you would send a password.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InviteCommand implements Callable<Integer> {
  private static final int MOST_SITES = 64;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Name of the new member, such as hospital-b.")
  private String name;

  @Option(
      names = "--role",
      required = true,
      split = ",",
      paramLabel = "ROLE",
      description =
          "What it may do: site, network, job, owner, observer, agent, admin; several with commas.")
  private List<String> roles;

  @Option(
      names = "--organisation",
      paramLabel = "ORG",
      description = "Organisation of the new member. Default: its name.")
  private @Nullable String organisation;

  @Option(
      names = "--contract",
      paramLabel = "C",
      description =
          "Enrols the new site in this training contract, which may be a draft; '*': in all that"
              + " there are or will be.")
  private @Nullable String contract;

  @Option(
      names = "--sites",
      paramLabel = "N",
      description =
          "Also invites so many sites, NAME-0 and so on, for the task agent NAME to run. The same"
              + " file serves all of them.")
  private int sites;

  @Option(
      names = "--weight",
      paramLabel = "W",
      description =
          "Greatest weight that the site may ask for in --contract. Default: ${DEFAULT-VALUE}.")
  private int weight = 1;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      converter = Span.class,
      description =
          "How long the invitation can be used, such as 7d, 12h or 30m. Default: ${DEFAULT-VALUE}.",
      defaultValue = "7d")
  private Duration expires;

  @Option(
      names = "--approval",
      description = "The new member stays pending until 'swarm network approve NAME'.")
  private boolean approval;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Writes the invitation to this file, which only you can read. Default: prints it.")
  private @Nullable Path output;

  @Mixin private NetworkPlace place;

  @Override
  public Integer call() throws Exception {
    Set<Role> offered = checked();
    Path file = file();
    String token = Inviting.newToken();
    InvitationOffer offer = offer(name, offered, token);
    try (ChainClient chain = place.signing()) {
      Inviting inviting = inviting(chain);
      SentInvitations sent = inviting.sent();
      try {
        sent.send(offer);
        InvitationFile invitation = inviting.file(offer, contract, token);
        write(sites == 0 ? invitation : invitation.withSites(invitedSites(sent)), file);
      } catch (IOException e) {
        throw sent.cancelled(new UncheckedIOException(e));
      } catch (RuntimeException e) {
        throw sent.cancelled(e);
      }
    }
    return 0;
  }

  private InvitationOffer offer(String member, Set<Role> offered, String token) {
    return new InvitationOffer(
        InvitationOffer.hashOf(token),
        member,
        organisation == null ? name : organisation,
        offered,
        contract == null || !offered.contains(Role.SITE) ? "" : contract,
        weight,
        Instant.now().plus(expires),
        approval);
  }

  private List<InvitedSite> invitedSites(SentInvitations sent) {
    List<InvitedSite> invited = new ArrayList<>();
    for (int i = 0; i < sites; i++) {
      InvitedSite site = new InvitedSite(name + "-" + i, Inviting.newToken());
      sent.send(offer(site.name(), Set.of(Role.SITE), site.token()));
      invited.add(site);
    }
    return invited;
  }

  private Set<Role> checked() {
    try {
      Set<Role> offered = new LinkedHashSet<>();
      roles.forEach(role -> offered.add(Role.named(role.strip())));
      var unused = MemberName.check("NAME", name);
      if (organisation != null) {
        unused = MemberName.check("--organisation", organisation);
      }
      if (contract != null) {
        if (!contract.equals(InvitationFile.ALL_CONTRACTS)) {
          unused = ContractTerms.checkName(contract);
        }
        if (!offered.contains(Role.SITE) && sites == 0) {
          throw new IllegalArgumentException(
              "--contract needs --role site, or --sites: only sites are enrolled");
        }
      }
      checkSites(offered);
      if (weight < 1) {
        throw new IllegalArgumentException("--weight must be at least 1, got " + weight);
      }
      return offered;
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private void checkSites(Set<Role> offered) {
    if (sites < 0 || sites > MOST_SITES) {
      throw new IllegalArgumentException("--sites must be 0 to " + MOST_SITES + ", got " + sites);
    }
    if (sites == 0) {
      return;
    }
    if (!offered.contains(Role.AGENT) || offered.contains(Role.NETWORK)) {
      throw new IllegalArgumentException(
          "--sites needs --role agent, without network: a task agent runs them");
    }
    var unused = MemberName.check("NAME of the last site", name + "-" + (sites - 1));
  }

  private @Nullable Path file() {
    try {
      return output == null ? null : OutputFile.checked("--output", output);
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private Inviting inviting(ChainClient chain) throws IOException {
    NodeSettings settings = place.existing().requiredSettings();
    return new Inviting(
        chain,
        Stream.concat(Stream.of(settings.url()), settings.otherNodes().stream())
            .distinct()
            .toList());
  }

  private void write(InvitationFile invitation, @Nullable Path file) throws IOException {
    if (file == null) {
      spec.commandLine().getOut().println(invitation.toJson());
    } else {
      PrivateFiles.write(file, invitation.toJson() + "\n");
      spec.commandLine().getOut().println("The invitation is in " + file + ".");
    }
    spec.commandLine()
        .getErr()
        .println(
            name
                + " can join until "
                + invitation.expires()
                + ":  ./swarm "
                + (invitation.roles().contains(Role.NETWORK.code())
                    ? "network start --join FILE"
                    : "site join FILE"));
  }
}
