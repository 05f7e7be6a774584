package io.swarmstream.site.internal;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a site has trained and not sent yet, in a file that outlives the process: an encoding that
 * leaves most values out leaves most of the training there.
 *
 * <p>A note beside the file has the terms and the round after which the values are what is left.
 * There is no note while values are replaced, so that nobody takes a mixture for a remainder.
 */
final class RemainderFile {
  private static final Logger LOG = LoggerFactory.getLogger(RemainderFile.class);

  private final ContractTerms terms;
  private final Path values;
  private final Path note;

  private RemainderFile(ContractTerms terms, Path folder) {
    this.terms = terms;
    this.values = folder.resolve(terms.contract() + ".unsent");
    this.note = folder.resolve(terms.contract() + ".unsent.round");
  }

  /** Empty if there is no folder, or if the encoding loses roundings only. */
  static Optional<RemainderFile> of(ContractTerms terms, Optional<Path> folder) {
    return terms.deltaEncoding().isSparse()
        ? folder.map(place -> new RemainderFile(terms, place))
        : Optional.empty();
  }

  /** Returns the round after which the values are what is left; empty: there are none. */
  OptionalLong round() {
    if (!Files.exists(note)) {
      return OptionalLong.empty();
    }
    try {
      String[] words = Files.readString(note).strip().split(" ", 2);
      boolean whole = Files.size(values) == terms.parameterCount() * Float.BYTES;
      return whole && words[0].equals(terms.hash().hex())
          ? OptionalLong.of(Long.parseLong(words[1]))
          : OptionalLong.empty();
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot be read; what was not sent before the restart is lost", note, e);
      return OptionalLong.empty();
    }
  }

  /** Opens the values, whatever they are. */
  HeldModel.InFile open() throws IOException {
    Files.createDirectories(values.toAbsolutePath().getParent());
    return new HeldModel.InFile(PrivateFiles.file(values));
  }

  /** The values are about to be replaced. */
  void replacing() throws IOException {
    Files.deleteIfExists(note);
  }

  /** All values have been replaced, and the disk has them. */
  void replaced(long round) throws IOException {
    PrivateFiles.write(note, terms.hash().hex() + " " + round + "\n");
  }

  void delete() {
    try {
      Files.deleteIfExists(note);
      Files.deleteIfExists(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
