package io.swarmstream.network.export;

import io.swarmstream.network.history.LoggedDetail;
import io.swarmstream.network.history.SiteContribution;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A zip with one folder for the merged rounds and one for each site, which TensorBoard shows as
 * runs.
 */
public final class TensorBoardExport {
  private TensorBoardExport() {}

  /**
   * Writes the curves of all rounds.
   *
   * @param siteRounds the rounds of a site, oldest first
   */
  public static void write(
      Stream<LoggedDetail> rounds,
      List<String> sites,
      Function<String, Stream<SiteContribution>> siteRounds,
      OutputStream to)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(to));
    merged(rounds, zip);
    Set<String> taken = new HashSet<>();
    for (String site : sites) {
      site(folder(site, taken), siteRounds.apply(site), zip);
    }
    zip.finish();
    zip.flush();
  }

  private static void merged(Stream<LoggedDetail> rounds, ZipOutputStream zip) throws IOException {
    @Nullable EventFile events = null;
    for (LoggedDetail round : (Iterable<LoggedDetail>) rounds::iterator) {
      Instant at = round.closedAt();
      if (events == null) {
        events = begin("merge", zip, at);
      }
      scalar(events, "loss", round.round(), at, round.meanLoss());
      scalar(events, "metric", round.round(), at, round.meanMetric());
      scalar(events, "norm", round.round(), at, round.mergedNorm());
      scalar(events, "bytes", round.round(), at, round.bytes());
      events.scalar("participants", round.round(), at, round.participants().size());
      events.scalar(
          "seconds", round.round(), at, Duration.between(round.openedAt(), at).toMillis() / 1000.0);
    }
    if (events != null) {
      zip.closeEntry();
    }
  }

  private static void site(String folder, Stream<SiteContribution> rounds, ZipOutputStream zip)
      throws IOException {
    @Nullable EventFile events = null;
    for (SiteContribution round : (Iterable<SiteContribution>) rounds::iterator) {
      if (events == null) {
        events = begin(folder, zip, round.closedAt());
      }
      scalar(events, "loss", round.round(), round.closedAt(), round.loss());
      scalar(events, "metric", round.round(), round.closedAt(), round.metric());
      scalar(events, "norm", round.round(), round.closedAt(), round.norm());
      scalar(events, "cosine", round.round(), round.closedAt(), round.cosine());
      scalar(events, "bytes", round.round(), round.closedAt(), round.bytes());
      events.scalar("weight", round.round(), round.closedAt(), round.weight());
    }
    if (events != null) {
      zip.closeEntry();
    }
  }

  private static EventFile begin(String folder, ZipOutputStream zip, Instant at)
      throws IOException {
    zip.putNextEntry(
        new ZipEntry(folder + "/events.out.tfevents." + at.getEpochSecond() + ".swarmstream"));
    return new EventFile(zip, at);
  }

  private static void scalar(
      EventFile events, String tag, long round, Instant at, @Nullable Number value)
      throws IOException {
    if (value != null) {
      events.scalar(tag, round, at, value.doubleValue());
    }
  }

  /** A folder's name that is safe to unpack, and no other site's. */
  private static String folder(String site, Set<String> taken) {
    String safe = "site-" + site.replaceAll("[^A-Za-z0-9._-]", "_");
    String name = safe;
    for (int more = 2; !taken.add(name); more++) {
      name = safe + "-" + more;
    }
    return name;
  }
}
