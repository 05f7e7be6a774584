package io.swarmstream.cli.licence;

import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.licence.LicenceClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which licence server a command asks, and as whom. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LicenceServers {
  @Option(
      names = "--server",
      paramLabel = "URL",
      split = ",",
      required = true,
      description = "Licence server, and, after a comma, its secondary.")
  private List<URI> servers;

  @Option(
      names = "--identity",
      paramLabel = "FOLDER",
      required = true,
      description = "key.pem, cert.pem and ca.pem of who asks.")
  private Path identity;

  LicenceClient client() {
    return new LicenceClient(servers, ReloadingTls.of(identity).context());
  }
}
