package io.swarmstream.site.internal;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.files.PrivateFiles;
import io.swarmstream.schemas.hashing.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret from which the noise of one round follows, drawn anew for each round and forgotten
 * after it: whoever takes it later cannot take the noise off what the log has.
 *
 * <p>With a memory folder it outlives the process until its round is over, so that a site that
 * restarts sends the same delta with the same noise. Two different noises for one delta would give
 * more of it away.
 */
final class NoiseSecret {
  private static final Logger LOG = LoggerFactory.getLogger(NoiseSecret.class);

  private final ContractTerms terms;
  private final @Nullable Path file;
  private final SecureRandom random = new SecureRandom();

  private long round = -1;

  /** Empty: there is none for the round. */
  private byte[] secret = new byte[0];

  /**
   * A secret of a site.
   *
   * @param folder for what outlives the process; empty: nothing does
   */
  NoiseSecret(ContractTerms terms, Optional<Path> folder) {
    this.terms = terms;
    this.file = folder.map(place -> place.resolve(terms.contract() + ".noise")).orElse(null);
  }

  /** The secret of a round from a base model, the same until it is forgotten. */
  byte[] of(long wanted, Hash base) {
    if (secret.length == 0 || round != wanted) {
      round = wanted;
      secret = kept(base).orElseGet(() -> draw(base));
    }
    return secret;
  }

  /** Forgets the secret of a round that is over; one of a later round stays. */
  void forgetUntil(long sealed) {
    if (round <= sealed) {
      Arrays.fill(secret, (byte) 0);
      secret = new byte[0];
    }
    if (file != null && Files.exists(file) && keptRound(file) <= sealed) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.warn("{} cannot be deleted; delete it by hand, it has the secret of a round", file, e);
      }
    }
  }

  /** The round of the kept secret; -1: of no round of this contract. */
  private long keptRound(Path kept) {
    try {
      List<String> lines = Files.readAllLines(kept);
      return lines.get(0).equals(terms.hash().hex()) ? Long.parseLong(lines.get(1)) : -1;
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }

  private byte[] draw(Hash base) {
    byte[] drawn = new byte[GaussianNoise.KEY_BYTES];
    random.nextBytes(drawn);
    if (file != null) {
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
        String text = String.join("\n", head(base)) + "\n" + HexFormat.of().formatHex(drawn) + "\n";
        PrivateFiles.write(file, text);
      } catch (IOException e) {
        LOG.warn(
            "{} cannot be written; if this site restarts before its round is over, its delta gets other noise, and"
                + " the round counts twice for its privacy. Is the disk full?",
            file,
            e);
      }
    }
    return drawn;
  }

  private Optional<byte[]> kept(Hash base) {
    if (file == null || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file);
      List<String> head = head(base);
      return lines.size() == head.size() + 1 && lines.subList(0, head.size()).equals(head)
          ? Optional.of(HexFormat.of().parseHex(lines.get(head.size())))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot be read; the noise of its round is drawn anew", file, e);
      return Optional.empty();
    }
  }

  private List<String> head(Hash base) {
    return List.of(terms.hash().hex(), String.valueOf(round), base.hex());
  }
}
