package io.swarmstream.cli.site;

import io.swarmstream.schemas.files.FolderLock;
import io.swarmstream.site.node.join.AccountRotation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code swarm site rotate-account}. */
@Command(
    name = "rotate-account",
    description =
        "Moves the site to another Ethereum account, which is made here. It keeps its name, its"
            + " certificate and its places in trainings. Stop its node first.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RotateAccountCommand implements Callable<Integer> {
  @Mixin private MemberPlace place;

  @Override
  public Integer call() throws Exception {
    try (FolderLock held =
        FolderLock.of(
            place.path(),
            "the site's node is running in "
                + place.path()
                + ", and signs with the account; stop it first")) {
      place.say(
          "The site's account is " + new AccountRotation(place.existing()).run() + " from now on.");
    }
    return 0;
  }
}
