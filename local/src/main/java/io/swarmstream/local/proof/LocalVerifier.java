package io.swarmstream.local.proof;

import io.swarmstream.clients.network.FindingInfo;
import io.swarmstream.clients.network.VerifiedRound;
import io.swarmstream.network.proof.RoundVerifier;
import io.swarmstream.schemas.ClipTensor;
import io.swarmstream.schemas.files.TemporaryFolder;
import io.swarmstream.verification.Finding;
import io.swarmstream.verification.Progress;
import io.swarmstream.verification.RoundVerdict;
import io.swarmstream.verification.Verification;
import io.swarmstream.verification.Verifier;
import io.swarmstream.verification.VerifyJob;
import io.swarmstream.verification.VerifyOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Proves rounds in this process, with one thread, so that the node goes on to answer. */
public final class LocalVerifier implements RoundVerifier {
  private static final OptionalInt ONE_THREAD = OptionalInt.of(1);

  @Override
  public Verdict verify(Place place, String contract, OptionalLong round, Consumer<String> progress)
      throws Exception {
    Verification verification;
    try (TemporaryFolder temporary = TemporaryFolder.make()) {
      verification =
          new Verifier(
                  options(place, contract, round),
                  VerifyJob.inThisProcess(ONE_THREAD, temporary.path()),
                  telling(progress))
              .run();
    }
    return new Verdict(
        code(verification.status()),
        verification.rounds().stream().map(LocalVerifier::round).toList(),
        verification.findings().stream().map(LocalVerifier::finding).toList());
  }

  @Override
  public void export(Place place, String contract, OptionalLong round, Path to) throws Exception {
    var unused =
        new ModelToFile(options(place, contract, round), ONE_THREAD, Progress.none())
            .write(
                to,
                (terms, chain) ->
                    chain
                        .registry()
                        .layout(contract)
                        .map(layout -> ClipTensor.trained(terms.privacy(), layout))
                        .orElseThrow(
                            () ->
                                new IllegalStateException(
                                    "the layout of contract "
                                        + contract
                                        + " is too long for the chain; use 'swarm contract export --layout FILE'")));
  }

  private static VerifyOptions options(Place place, String contract, OptionalLong round) {
    return new VerifyOptions(
        contract, round, place.kafka(), place.chain(), VerifyOptions.DEFAULT_PATIENCE);
  }

  private static Progress telling(Consumer<String> progress) {
    return new Progress() {
      private static final long INTERVAL_NANOS = 1_000_000_000L;
      private long saidNanos = System.nanoTime() - INTERVAL_NANOS;

      @Override
      public void begins(String what) {
        progress.accept(what);
      }

      @Override
      public void made(long chunks, long ofChunks) {
        if (System.nanoTime() - saidNanos > INTERVAL_NANOS) {
          saidNanos = System.nanoTime();
          progress.accept(
              String.format(Locale.ROOT, "%,d of %,d chunks made anew", chunks, ofChunks));
        }
      }
    };
  }

  private static VerifiedRound round(RoundVerdict round) {
    return new VerifiedRound(
        round.round(),
        code(round.status()),
        round.sites(),
        round.contributions(),
        round.findings().stream().map(LocalVerifier::finding).toList(),
        round.obstacle().isEmpty() ? null : round.obstacle());
  }

  private static FindingInfo finding(Finding finding) {
    return new FindingInfo(
        finding.code(),
        finding.round() < 0 ? null : finding.round(),
        finding.site(),
        finding.chunk(),
        finding.message());
  }

  private static String code(RoundVerdict.Status status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
