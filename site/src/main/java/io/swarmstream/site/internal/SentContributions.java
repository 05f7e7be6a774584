package io.swarmstream.site.internal;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.hashing.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which contributions this site has sent to a contract's newest rounds; any other under
 * its address comes from another holder of its key. Safe for use by several threads.
 *
 * <p>With a folder the memory outlives the process, for a site that restarts in the middle of a
 * round.
 */
final class SentContributions {
  private static final Logger LOG = LoggerFactory.getLogger(SentContributions.class);

  /** As many as a contract's log keeps. */
  private static final int KEPT_ROUNDS = 128;

  private final @Nullable Path file;
  private final ContractTerms terms;
  private final TreeMap<Long, Set<String>> roots = new TreeMap<>();

  private SentContributions(@Nullable Path file, ContractTerms terms) {
    this.file = file;
    this.terms = terms;
  }

  /** Reads what earlier processes of this site have sent; empty: they kept nothing. */
  static SentContributions to(ContractTerms terms, Optional<Path> folder) {
    Path file = folder.map(place -> place.resolve(terms.contract() + ".sent")).orElse(null);
    SentContributions sent = new SentContributions(file, terms);
    sent.read();
    return sent;
  }

  /** Whether earlier processes have left word of what they sent. */
  boolean isKept() {
    return file != null;
  }

  /** From this round on everything is known; empty: nothing was sent yet. */
  synchronized Optional<Long> firstRound() {
    return roots.isEmpty() ? Optional.empty() : Optional.of(roots.firstKey());
  }

  synchronized boolean hasAny(long round) {
    return roots.containsKey(round);
  }

  synchronized boolean has(long round, String root) {
    return roots.getOrDefault(round, Set.of()).contains(root);
  }

  /** Before the contribution is sent: afterwards the process may be gone. */
  synchronized void add(long round, Hash root) {
    if (roots.computeIfAbsent(round, any -> new TreeSet<>()).add(root.hex())) {
      while (roots.size() > KEPT_ROUNDS) {
        roots.pollFirstEntry();
      }
      write();
    }
  }

  /** A first line with the terms, since a contract of the same name may be on another chain. */
  private void write() {
    if (file == null) {
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add(terms.hash().hex());
    roots.forEach((round, sent) -> sent.forEach(root -> lines.add(round + " " + root)));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      PrivateFiles.write(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be written; if this site is started again before its round is over, it may take its own"
              + " contribution for somebody else's. Is the disk full?",
          file,
          e);
    }
  }

  private void read() {
    if (file == null || !Files.exists(file)) {
      return;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty() || !lines.get(0).equals(terms.hash().hex())) {
        return;
      }
      for (String line : lines.subList(1, lines.size())) {
        int space = line.indexOf(' ');
        roots
            .computeIfAbsent(Long.parseLong(line.substring(0, space)), any -> new TreeSet<>())
            .add(line.substring(space + 1));
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot be read; what was sent before is not known", file, e);
    }
  }
}
