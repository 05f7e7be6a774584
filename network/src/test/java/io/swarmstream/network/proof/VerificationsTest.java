package io.swarmstream.network.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.clients.network.VerificationInfo;
import io.swarmstream.clients.network.VerifiedRound;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerificationsTest {
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final BlockingQueue<VerificationInfo> told = new LinkedBlockingQueue<>();
  private final Verifications verifications =
      new Verifications(new SlowVerifier(), this::place, () -> Instant.EPOCH, told::add);

  /** Takes until it is told to end. */
  private final class SlowVerifier implements RoundVerifier {
    @Override
    public Verdict verify(
        Place place, String contract, OptionalLong round, Consumer<String> progress)
        throws InterruptedException {
      progress.accept("reading");
      assertThat(mayEnd.await(30, TimeUnit.SECONDS)).isTrue();
      if (contract.equals("huge")) {
        throw new OutOfMemoryError();
      }
      if (contract.equals("gone")) {
        throw new IllegalArgumentException("there is no contract gone");
      }
      String verdict = round.isPresent() ? "failed" : "proven";
      return new Verdict(
          verdict,
          LongStream.rangeClosed(round.orElse(0), round.orElse(12))
              .mapToObj(each -> new VerifiedRound(each, verdict, List.of(), 0, List.of(), null))
              .toList(),
          List.of());
    }

    @Override
    public void export(Place place, String contract, OptionalLong round, Path to) {}
  }

  @SuppressWarnings("NullAway") // the verifier of this test reads nothing
  private RoundVerifier.Place place() {
    return new RoundVerifier.Place(null, null);
  }

  @AfterEach
  void close() {
    verifications.close();
  }

  private VerificationInfo end(String contract) throws InterruptedException {
    mayEnd.countDown();
    VerificationInfo now = told.poll(30, TimeUnit.SECONDS);
    while (now != null && now.state().equals("running")) {
      now = told.poll(30, TimeUnit.SECONDS);
    }
    return verifications.newest(contract, OptionalLong.empty());
  }

  @Test
  void tellsStartStepsAndEnd() throws InterruptedException {
    assertThat(verifications.newest("a", OptionalLong.empty()).state()).isEqualTo("none");
    assertThat(verifications.begin("a", OptionalLong.empty()).state()).isEqualTo("running");

    VerificationInfo end = end("a");
    assertThat(end.state()).isEqualTo("done");
    assertThat(end.verdict()).isEqualTo("proven");
  }

  @Test
  void theNewestVerdictOnARoundStands() throws InterruptedException {
    assertThat(verifications.verdict("a", 12)).isEmpty();
    var all = verifications.begin("a", OptionalLong.empty());
    var unused = end("a");
    var one = verifications.begin("a", OptionalLong.of(12));
    unused = end("a");

    assertThat(all.rounds()).isEmpty();
    assertThat(one.rounds()).isEmpty();
    assertThat(verifications.verdict("a", 11)).hasValue("proven");
    assertThat(verifications.verdict("a", 12)).hasValue("failed");
    assertThat(verifications.verdict("a", 13)).isEmpty();
    assertThat(verifications.verdict("b", 12)).isEmpty();
  }

  @Test
  void aFailureOfTheMachineDoesNotBlockTheNextOne() throws InterruptedException {
    var unused = verifications.begin("huge", OptionalLong.empty());
    assertThat(end("huge").problem()).contains("OutOfMemoryError");

    assertThat(verifications.begin("a", OptionalLong.empty()).state()).isEqualTo("running");
    assertThat(end("a").state()).isEqualTo("done");
  }

  @Test
  void saysWhyItCouldNotVerify() throws InterruptedException {
    var unused = verifications.begin("gone", OptionalLong.empty());

    VerificationInfo end = end("gone");
    assertThat(end.state()).isEqualTo("failed");
    assertThat(end.problem()).contains("no contract gone");
  }

  @Test
  void verifiesOneThingAtATime() throws InterruptedException {
    assertThat(verifications.begin("a", OptionalLong.empty()).state()).isEqualTo("running");
    assertThat(verifications.begin("a", OptionalLong.empty()).state()).isEqualTo("running");
    assertThatThrownBy(() -> verifications.begin("a", OptionalLong.of(3)))
        .hasMessageContaining("verifies all rounds of a at present");
    var unused = end("a");
    assertThat(verifications.begin("a", OptionalLong.of(3)).round()).isEqualTo(3);
  }
}
