package io.swarmstream.cli.licence;

import io.swarmstream.licence.EntitlementFile;
import io.swarmstream.licence.IssuerKeys;
import io.swarmstream.licence.LicenceText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swarm licence issue}. */
@Command(
    name = "issue",
    description = {
      "Signs an entitlement and prints the licence.",
      "",
      "An entitlement is a YAML file: study, until (a day), and organisations, each with name, sn, "
          + "sl and swop."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class IssueCommand extends LicenceAction {
  @Parameters(paramLabel = "FILE", description = "The entitlement, such as entitlement.yaml.")
  private Path file;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "The issuer's private key: PEM, Ed25519 or EC P-256, mode 0600.")
  private Path key;

  @Override
  void act(PrintWriter out) throws IOException {
    out.println(
        LicenceText.sign(EntitlementFile.read(file, Instant.now()), IssuerKeys.privateKey(key)));
  }
}
