package io.swarmstream.cli.network;

import io.swarmstream.cli.options.OutputFile;
import io.swarmstream.cli.options.Span;
import io.swarmstream.clients.chain.Authority;
import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.chain.InvitationOffer;
import io.swarmstream.clients.chain.MemberAct;
import io.swarmstream.clients.chain.Role;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.network.folder.NetworkFolder;
import io.swarmstream.network.folder.NodeSettings;
import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.signing.RandomHex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
  private static final int TOKEN_BYTES = 32;
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

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
      description = "Enrols the new site in this training contract, which may be a draft.")
  private @Nullable String contract;

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
    String token = RandomHex.ofBytes(TOKEN_BYTES);
    InvitationOffer offer =
        new InvitationOffer(
            InvitationOffer.hashOf(token),
            name,
            organisation == null ? name : organisation,
            offered,
            contract == null ? "" : contract,
            weight,
            Instant.now().plus(expires),
            approval);
    try (ChainClient chain = place.signing()) {
      MemberAct act = chain.membership().invite(offer);
      if (!act.isDone()) {
        throw new IllegalStateException(
            "the swarm wants "
                + act.needed()
                + " admins for an invitation with these roles, and each would make another token;"
                + " lower the threshold for a moment, or invite without the roles admin and network"
                + " and give them later: 'swarm network roles'");
      }
      write(invitation(chain, offer, token), file);
    }
    return 0;
  }

  private Set<Role> checked() {
    try {
      Set<Role> offered = new LinkedHashSet<>();
      roles.forEach(role -> offered.add(Role.named(role.strip())));
      checkName("NAME", name);
      if (organisation != null) {
        checkName("--organisation", organisation);
      }
      if (contract != null) {
        var unused = ContractTerms.checkName(contract);
        if (!offered.contains(Role.SITE)) {
          throw new IllegalArgumentException(
              "--contract needs --role site: only sites are enrolled");
        }
      }
      if (weight < 1) {
        throw new IllegalArgumentException("--weight must be at least 1, got " + weight);
      }
      return offered;
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private static void checkName(String option, String value) {
    if (!value.matches(NAME)) {
      throw new IllegalArgumentException(
          option + " must be 1 to 64 letters, digits, dots, underscores and dashes, got " + value);
    }
  }

  private @Nullable Path file() {
    try {
      return output == null ? null : OutputFile.checked("--output", output);
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private InvitationFile invitation(ChainClient chain, InvitationOffer offer, String token)
      throws IOException {
    NetworkFolder folder = place.existing();
    NodeSettings settings = folder.requiredSettings();
    return InvitationFile.of(
        name,
        offer.organisation(),
        offer.roles().stream().map(Role::code).sorted().toList(),
        contract,
        offer.expiresAt(),
        Stream.concat(Stream.of(settings.url()), settings.otherNodes().stream())
            .distinct()
            .toList(),
        chain.members().bindingText(folder.account().address(), "", "").chainId(),
        chain.members().address(),
        chain.members().authorities().stream()
            .filter(authority -> !authority.isRevoked())
            .map(Authority::pem)
            .toList(),
        token);
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
