package io.swarmstream.schemas;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * Writes the golden files of version 1 anew; run in the module's folder.
 *
 * <p><b>Changing a golden file of version 1 breaks the wire:</b> sites and jobs that are out there
 * cannot read the new bytes, signatures made before no longer verify, and round records no longer
 * hash to what the chain has anchored. A test of golden bytes that fails says that the code is
 * wrong, not the file. The one good reason to run this is a new kind of record, which has no file
 * yet.
 */
final class WriteGoldenRecords {
  private WriteGoldenRecords() {}

  public static void main(String[] args) throws IOException {
    Files.createDirectories(GoldenRecord.FOLDER);
    for (GoldenRecord<?> golden : GoldenRecord.all()) {
      Files.write(golden.bytesFile(), golden.encoded());
      Files.writeString(golden.jsonFile(), golden.json(), StandardCharsets.UTF_8);
    }
  }
}
