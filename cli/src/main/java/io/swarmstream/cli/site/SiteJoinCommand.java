package io.swarmstream.cli.site;

import io.swarmstream.cli.options.IdentityChoice;
import io.swarmstream.cli.options.Span;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.clients.network.InvitedSite;
import io.swarmstream.identity.spiffe.BroughtIdentity;
import io.swarmstream.schemas.files.FolderLock;
import io.swarmstream.site.node.join.Approval;
import io.swarmstream.site.node.join.Joining;
import io.swarmstream.site.node.join.SiteFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swarm site join}. */
@Command(
    name = "join",
    description = {
      "Joins a swarm by an invitation. Makes the site's keys, which never leave this folder, gets a"
          + " certificate and the swarm's addresses.",
      "With --network-node it joins without an invitation, by a certificate of its organisation,"
          + " if that node admits by certificate.",
      "",
      "Can be repeated when it was interrupted. Serves other members, too, such as observers and"
          + " task agents; the sites of an agent join with it, into FOLDER/sites/0 and so on.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SiteJoinCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The invitation. Not with --network-node.")
  private @Nullable Path file;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = Span.class,
      defaultValue = "10m",
      description =
          "How long to wait for an approval, if the invitation asks for one. Default:"
              + " ${DEFAULT-VALUE}.")
  private Duration wait;

  @Mixin private CertificateEntryChoice byCertificate;
  @Mixin private IdentityChoice identity;
  @Mixin private MemberPlace place;

  @Override
  public Integer call() throws Exception {
    checkOptions();
    if (byCertificate.isGiven()) {
      byCertificate.join(place, identity);
      return 0;
    }
    InvitationFile invitation = read();
    join(place.path(), invitation);
    List<InvitedSite> sites = invitation.invitedSites();
    if (!sites.isEmpty() && identity.isGiven()) {
      place.progress(
          "the certificate that you give is the agent's; its sites get theirs from the network"
              + " node");
    }
    for (int i = 0; i < sites.size(); i++) {
      join(SiteFolder.ofAgent(place.path(), i), invitation.ofSite(sites.get(i)));
    }
    place.say(
        invitation.roles().contains("agent")
            ? "Start its agent:  ./swarm agent --profile PROFILE.yaml" + folderOption()
            : "Start its node:  ./swarm site start" + folderOption());
    return 0;
  }

  private void checkOptions() {
    try {
      byCertificate.check();
      if (byCertificate.isGiven() == (file != null)) {
        throw new IllegalArgumentException(
            "give an invitation, or --network-node to join by a certificate; not both");
      }
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private void join(Path path, InvitationFile invitation) throws Exception {
    try (FolderLock held =
        FolderLock.of(path, "a site's node is running in " + path + "; name another --folder")) {
      SiteFolder folder = SiteFolder.open(path);
      boolean isBrought = identity.isGiven() && path.equals(place.path());
      try (BroughtIdentity.Following source =
          isBrought ? fill(folder) : BroughtIdentity.Following.NOTHING) {
        place.progress("joining as " + invitation.name());
        Joining.Joined joined = new Joining(folder, invitation, !isBrought).join();
        if (joined.isPending()) {
          place.progress("key of its certificate: " + folder.identity().read().keyHash());
          new Approval(folder, place::progress).await(joined.admins(), wait);
        }
        place.say(
            joined.settings().name()
                + " of "
                + joined.settings().organisation()
                + " is a member of the swarm; its account is "
                + joined.account()
                + ".");
      }
    }
  }

  private InvitationFile read() throws IOException {
    try {
      return InvitationFile.read(Objects.requireNonNull(file));
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private BroughtIdentity.Following fill(SiteFolder folder)
      throws IOException, InterruptedException {
    try {
      return identity.fill(folder.identity());
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private String folderOption() {
    return place.isUsual() ? "" : " --folder " + place.path();
  }
}
