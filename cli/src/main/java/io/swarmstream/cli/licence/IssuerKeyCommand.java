package io.swarmstream.cli.licence;

import io.swarmstream.licence.IssuerKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code swarm licence key}. */
@Command(
    name = "key",
    description = {
      "Makes an issuer's key: FILE for the issuer alone, and the public key beside it for licence "
          + "servers."
    },
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class IssuerKeyCommand extends LicenceAction {
  @Parameters(paramLabel = "FILE", description = "Such as issuer.pem.")
  private Path file;

  @Override
  void act(PrintWriter out) throws IOException {
    try {
      Path publicFile = IssuerKeys.create(file);
      out.println(
          file + " signs licences; give " + publicFile + " to whoever runs a licence server.");
    } catch (FileAlreadyExistsException e) {
      throw new IllegalArgumentException(
          file + " exists; licences that it has signed would count no more. Name another file", e);
    }
  }
}
