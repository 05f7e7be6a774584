package io.swarmstream.cli.licence;

import io.swarmstream.licence.Entitlement;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code swarm licence install}. */
@Command(
    name = "install",
    description = "Installs a licence at a server. The newest licence of a study counts.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InstallLicenceCommand extends LicenceAction {
  @Parameters(paramLabel = "FILE", description = "The licence.")
  private Path file;

  @Mixin private LicenceServers servers;

  @Override
  void act(PrintWriter out) throws IOException {
    Entitlement installed = servers.client().install(TextFile.read(file));
    installed.organisations().forEach(share -> out.println(installed.inWords(share) + "."));
  }
}
