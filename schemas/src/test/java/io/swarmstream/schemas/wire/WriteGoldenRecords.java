package io.swarmstream.schemas.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * Writes the golden files anew; run in the module's folder.
 *
 * <p><b>Changing a golden file breaks the wire:</b> sites and jobs that are out there cannot read
 * the new bytes, signatures made before no longer verify, and round records no longer hash to what
 * the chain has anchored. A test of golden bytes that fails says that the code is wrong, not the
 * file. The one good reason to run this is a new kind of record or a new version of one, which has
 * no file yet.
 */
final class WriteGoldenRecords {
  private WriteGoldenRecords() {}

  public static void main(String[] args) throws IOException {
    for (GoldenRecord<?> golden : GoldenRecord.all()) {
      Files.createDirectories(golden.folder());
      Files.write(golden.bytesFile(), golden.encoded());
      Files.writeString(golden.jsonFile(), golden.json(), StandardCharsets.UTF_8);
    }
  }
}
