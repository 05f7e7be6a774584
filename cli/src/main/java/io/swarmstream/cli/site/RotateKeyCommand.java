package io.swarmstream.cli.site;

import io.swarmstream.cli.options.IdentityChoice;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.identity.OwnCertificates;
import io.swarmstream.identity.spiffe.BroughtIdentity;
import io.swarmstream.site.node.join.KeyRotation;
import io.swarmstream.site.node.join.SiteFolder;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code swarm site rotate-key}. */
@Command(
    name = "rotate-key",
    description = {
      "Gives the site another certificate key. Its node may run, and needs no restart.",
      "",
      "Network nodes stop accepting the old key at once; Kafka accepts it for 15 more minutes, while"
          + " the node reconnects with the new one.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RotateKeyCommand implements Callable<Integer> {
  @Mixin private IdentityChoice identity;
  @Mixin private MemberPlace place;

  @Override
  public Integer call() throws Exception {
    try {
      SiteFolder folder = place.existing();
      Optional<OwnCertificates> own = identity.own();
      String key = new KeyRotation(folder, own.map(OwnCertificates::read)).run();
      if (own.isPresent()) {
        BroughtIdentity.of(own.get()).rememberIn(folder.identity());
      }
      place.say("The site's key is " + key + " from now on.");
      return 0;
    } catch (IllegalArgumentException | IdentityException e) {
      throw place.wrong(new IllegalArgumentException(e.getMessage(), e));
    }
  }
}
