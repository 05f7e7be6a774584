package io.swarmstream.verification;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.verification.RoundVerdict.Status;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Prints a verification as text: one line for each round, then what was checked, then the verdict.
 */
public final class ReportText {
  private static final int NAMED_SITES = 4;

  private ReportText() {}

  /** Prints the report. */
  public static void print(Verification verification, PrintWriter to) {
    ContractTerms terms = verification.terms();
    to.printf(
        Locale.ROOT,
        "contract %s on %s%n%s of at least %d sites, %,d parameters in %,d chunks, sent as %s, hashed by %s%s%n%n",
        terms.contract(),
        terms.network(),
        terms.method(),
        terms.minPeers(),
        terms.parameterCount(),
        terms.chunks().chunkCount(),
        terms.deltaEncoding().code(),
        terms.payloadHash().code(),
        terms.limits().isNone() ? "" : ", limits " + terms.limits().text());
    to.printf(
        "%5s  %-34s %13s %15s  %s%n", "round", "took part", "contributions", "bytes", "verdict");
    verification.rounds().forEach(round -> print(round, to));
    if (!verification.findings().isEmpty()) {
      to.printf("%nbeside the rounds:%n");
      verification.findings().forEach(finding -> to.printf("       %s%n", finding));
    }
    to.println();
    if (verification.count(Status.PROVEN) > 0) {
      to.println(
          "Proven means: the round record is the one whose hash is anchored on the chain, fits the contract's terms and"
              + " the round before; each contribution it names is in the log, signed by the enrolled site, unaltered;"
              + " merging them again gives the record and the published model, bit for bit.");
    }
    to.println(verdict(verification));
    to.flush();
  }

  private static void print(RoundVerdict round, PrintWriter to) {
    to.printf(
        Locale.ROOT,
        "%5d  %-34s %13s %,15d  %s%n",
        round.round(),
        sites(round.sites()),
        round.contributions() + " of " + round.sites().size(),
        round.replayedBytes(),
        switch (round.status()) {
          case PROVEN -> "proven";
          case FAILED -> "FAILED";
          case NOT_REPLAYABLE -> "cannot be replayed";
        });
    round.clipped().forEach(clipped -> to.printf("       %s%n", clipped));
    round.findings().forEach(finding -> to.printf("       %s%n", finding.sentence()));
    if (!round.obstacle().isEmpty()) {
      to.printf("       round %d cannot be replayed: %s%n", round.round(), round.obstacle());
    }
  }

  private static String sites(List<String> names) {
    return names.size() <= NAMED_SITES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMED_SITES - 1))
            + " and "
            + (names.size() - NAMED_SITES + 1)
            + " more";
  }

  /** The verdict in one sentence. */
  public static String verdict(Verification verification) {
    long all = verification.rounds().size();
    if (all == 0) {
      return "Contract "
          + verification.terms().contract()
          + " has no sealed round: nothing to verify.";
    }
    String proven = verification.count(Status.PROVEN) + " of " + all + " rounds proven";
    long failed = verification.count(Status.FAILED);
    long gone = verification.count(Status.NOT_REPLAYABLE);
    return (verification.status() == Status.FAILED ? "FAILED: " : "")
        + proven
        + (failed == 0 ? "" : ", " + failed + " failed")
        + (gone == 0 ? "" : ", " + gone + " cannot be replayed")
        + (verification.findings().isEmpty()
            ? ""
            : ", " + verification.findings().size() + " findings beside the rounds")
        + String.format(Locale.ROOT, "; %.1f s.", verification.times().total().toMillis() / 1000.0);
  }
}
