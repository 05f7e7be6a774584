package io.swarmstream.cli.site;

import io.swarmstream.cli.options.IdentityChoice;
import io.swarmstream.cli.options.Span;
import io.swarmstream.clients.network.InvitationFile;
import io.swarmstream.schemas.files.FolderLock;
import io.swarmstream.site.node.join.Approval;
import io.swarmstream.site.node.join.Joining;
import io.swarmstream.site.node.join.SiteFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
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
      "",
      "Can be repeated when it was interrupted. Serves other members, too, such as observers.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SiteJoinCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The invitation.")
  private Path file;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = Span.class,
      defaultValue = "10m",
      description =
          "How long to wait for an approval, if the invitation asks for one. Default: ${DEFAULT-VALUE}.")
  private Duration wait;

  @Mixin private IdentityChoice identity;
  @Mixin private MemberPlace place;

  @Override
  public Integer call() throws Exception {
    InvitationFile invitation = read();
    try (FolderLock held =
        FolderLock.of(
            place.path(),
            "a site's node is running in " + place.path() + "; name another --folder")) {
      SiteFolder folder = SiteFolder.open(place.path());
      try (IdentityChoice.Source source = fill(folder)) {
        place.progress("joining as " + invitation.name());
        Joining.Joined joined = new Joining(folder, invitation, !identity.isGiven()).join();
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
        place.say("Start its node:  ./swarm site start" + folderOption());
      }
    }
    return 0;
  }

  private InvitationFile read() throws IOException {
    try {
      return InvitationFile.read(file);
    } catch (IllegalArgumentException e) {
      throw place.wrong(e);
    }
  }

  private IdentityChoice.Source fill(SiteFolder folder) throws IOException, InterruptedException {
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
