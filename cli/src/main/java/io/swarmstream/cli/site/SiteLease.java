package io.swarmstream.cli.site;

import io.swarmstream.cli.options.LicenceChoice;
import io.swarmstream.identity.IdentityException;
import io.swarmstream.licence.HeldLease;
import io.swarmstream.licence.LicenceFeature;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The place that a site's node takes at a licence server, if one is named. */
final class SiteLease implements AutoCloseable {
  private final Optional<HeldLease> held;

  private SiteLease(Optional<HeldLease> held) {
    this.held = held;
  }

  static SiteLease take(
      LicenceChoice choice, CommandSpec spec, String site, Optional<Path> identity) {
    try {
      return new SiteLease(choice.hold(LicenceFeature.SL, site, identity));
    } catch (IllegalArgumentException | IdentityException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Why the node may not begin a training; empty: it may. */
  Optional<String> refusal() {
    return held.flatMap(HeldLease::refusal);
  }

  @Override
  public void close() throws InterruptedException {
    if (held.isPresent()) {
      held.get().close();
    }
  }
}
