package io.swarmstream.site.internal;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.files.FolderLock;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.site.SiteException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Remembers, before anything is sent, what this site must not do twice under one contract: mask
 * another delta in the same round, or confirm another plan of it. Either would give its delta away.
 * Safe for use by several threads; outlives the process, and belongs to one process at a time.
 *
 * <p>Rounds only increase, so the newest of each is enough.
 */
final class MaskMemory implements AutoCloseable {
  private static final String NONE = "-1 -";

  /** Of the terms' hash: contracts of one name on several chains keep out of each other's way. */
  private static final int HASH_DIGITS = 16;

  private final Path file;
  private final FolderLock lock;
  private Deed contributed = Deed.of(NONE);
  private Deed confirmed = Deed.of(NONE);

  /** What was done in a round, as a hash. */
  private record Deed(long round, String what) {
    static Deed of(String line) {
      int space = line.indexOf(' ');
      return new Deed(Long.parseLong(line.substring(0, space)), line.substring(space + 1));
    }

    /** Whether the next deed is this one again, or of a later round. */
    boolean allows(Deed next) {
      return next.round > round || next.equals(this);
    }

    String line() {
      return round + " " + what;
    }
  }

  private MaskMemory(Path file, FolderLock lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Reads what earlier processes of the site have done, and keeps others out until it is closed.
   *
   * @throws SiteException when that is not known, or another process masks for the site, so nothing
   *     may be done
   */
  static MaskMemory of(Path folder, ContractTerms terms, String site) {
    String hash = terms.hash().hex().substring(0, HASH_DIGITS);
    Path own = folder.resolve(terms.contract() + "-" + site + "-" + hash + ".masks");
    MaskMemory memory = new MaskMemory(own.resolve("done"), locked(own, terms, site));
    try {
      memory.read();
      return memory;
    } catch (SiteException e) {
      memory.close();
      throw e;
    }
  }

  private static FolderLock locked(Path folder, ContractTerms terms, String site) {
    String taken =
        "another process masks for site %s of contract %s, by %s; both could give its delta away. Stop the other one"
            .formatted(site, terms.contract(), folder);
    try {
      return FolderLock.of(folder, taken);
    } catch (IllegalStateException e) {
      throw new SiteException(taken, e);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private void read() {
    if (!Files.exists(file)) {
      return;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      Deed lastContributed = Deed.of(lines.get(0));
      confirmed = Deed.of(lines.get(1));
      contributed = lastContributed;
    } catch (IOException | RuntimeException e) {
      throw new SiteException(
          file
              + " cannot be read: "
              + e.getMessage()
              + "; it says what this site has masked already, and masking twice would give a delta"
              + " away. Mend the file, or enrol the site with a new key",
          e);
    }
  }

  /**
   * Whether the site may send a contribution: true if it has sent none to this round or a later
   * one, or this one. Returns when the disk has it.
   */
  synchronized boolean mayContribute(long round, Hash cohort, Hash root) {
    Deed next = new Deed(round, cohort.hex() + "/" + root.hex());
    if (!contributed.allows(next)) {
      return false;
    }
    if (!next.equals(contributed)) {
      write(next, confirmed);
      contributed = next;
    }
    return true;
  }

  /**
   * The same of a confirmation.
   *
   * @param content what it says, which names the cohort and the plan
   */
  synchronized boolean mayConfirm(long round, Hash content) {
    Deed next = new Deed(round, content.hex());
    if (!confirmed.allows(next)) {
      return false;
    }
    if (!next.equals(confirmed)) {
      write(contributed, next);
      confirmed = next;
    }
    return true;
  }

  private void write(Deed nextContributed, Deed nextConfirmed) {
    try {
      PrivateFiles.write(file, nextContributed.line() + "\n" + nextConfirmed.line() + "\n");
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static SiteException unwritable(Path file, IOException cause) {
    return new SiteException(
        file
            + " cannot be written: "
            + cause.getMessage()
            + "; without it a restart could give a delta away, so nothing is sent. Is the disk full?",
        cause);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock of " + file + " cannot be released", e);
    }
  }
}
