package io.swarmstream.cli.licence;

import io.swarmstream.licence.Entitlement;
import io.swarmstream.licence.IssuerKeys;
import io.swarmstream.licence.LicenceText;
import io.swarmstream.schemas.files.TextFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swarm licence show}. */
@Command(
    name = "show",
    description = "Shows what a licence says, and, with --issuer, checks who has signed it.",
    sortOptions = false,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ShowLicenceCommand extends LicenceAction {
  @Parameters(paramLabel = "FILE", description = "The licence.")
  private Path file;

  @Option(
      names = "--issuer",
      paramLabel = "FILE",
      description = "An issuer's public key. May be given several times.")
  private List<Path> issuers = new ArrayList<>();

  @Override
  void act(PrintWriter out) throws IOException {
    String text = TextFile.read(file);
    Entitlement entitlement =
        issuers.isEmpty() ? LicenceText.read(text) : LicenceText.verify(text, publicKeys(issuers));
    out.println("Study:  " + entitlement.study());
    out.println("Issued: " + entitlement.issued());
    out.println(
        "Until:  "
            + entitlement.until()
            + (entitlement.isOver(Instant.now()) ? ", which is over" : ""));
    entitlement.organisations().forEach(share -> out.println(entitlement.inWords(share) + "."));
    out.println(
        issuers.isEmpty()
            ? "Nobody has checked its signature; --issuer does."
            : "Signed by the issuer.");
  }

  static List<PublicKey> publicKeys(List<Path> files) throws IOException {
    List<PublicKey> keys = new ArrayList<>();
    for (Path file : files) {
      keys.add(IssuerKeys.publicKey(file));
    }
    return keys;
  }
}
