package io.swarmstream.site.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.layout.FlatVector;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorFeedbackTest {
  private static final int PARAMETERS = 700;

  /** So small beside the largest value that int8 makes nothing of it. */
  private static final float SMALL = 0.003f;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bringsWhatOneRoundLostWithTheNextOnes(boolean inFile) {
    ContractTerms terms = terms(DeltaEncoding.INT8);
    ErrorFeedback feedback = feedback(terms, inFile);
    float[] merged = new float[PARAMETERS];
    for (int round = 0; round < 100; round++) {
      Contribution sent = sign(terms, feedback.addTo(FlatVector.of(delta())));
      add(terms, sent, merged);
      feedback.roundOver(sent, in(sent, 1));
    }
    // Each for itself would have been rounded to zero; a step is 1/127.
    assertThat(merged[1]).isCloseTo(100 * SMALL, within(0.5f / 127));
    assertThat(merged[0]).isCloseTo(100, within(0.01f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"float16", "bfloat16", "int8", "int4"})
  void isNeverOffByMoreThanTheLastRoundLost(DeltaEncoding encoding) {
    ContractTerms terms = terms(encoding);
    ErrorFeedback feedback = feedback(terms, false);
    Random random = new Random(3);
    float[] merged = new float[PARAMETERS];
    double[] trained = new double[PARAMETERS];
    for (int round = 0; round < 50; round++) {
      float[] delta = new float[PARAMETERS];
      for (int i = 0; i < PARAMETERS; i++) {
        delta[i] = (float) (0.01 * random.nextGaussian());
        trained[i] += delta[i];
      }
      Contribution sent = sign(terms, feedback.addTo(FlatVector.of(delta)));
      add(terms, sent, merged);
      feedback.roundOver(sent, in(sent, 1));
    }
    for (int i = 0; i < PARAMETERS; i++) {
      assertThat((double) merged[i])
          .isCloseTo(
              trained[i], within(0.05 / 2 / (encoding.equals(DeltaEncoding.INT4) ? 7 : 127)));
    }
  }

  @Test
  void makesTheSameBytesUntilTheContributionCounted() {
    ContractTerms terms = terms(DeltaEncoding.INT8);
    ErrorFeedback feedback = feedback(terms, false);
    Contribution first = sign(terms, feedback.addTo(FlatVector.of(delta())));
    feedback.roundOver(first, in(first, 1));

    Contribution second = sign(terms, feedback.addTo(FlatVector.of(delta())));
    assertThat(second.root()).isNotEqualTo(first.root());
    byte[] sent = WireFormat.DELTA_CHUNK.encode(second.chunk(0));
    // The round goes on without it, or does not count it: nothing is made good yet.
    feedback.roundOver(second, Optional.empty());
    feedback.roundOver(second, in(second, 0));
    assertThat(WireFormat.DELTA_CHUNK.encode(second.chunk(0))).isEqualTo(sent);
    assertThat(sign(terms, feedback.addTo(FlatVector.of(delta()))).root()).isEqualTo(second.root());
  }

  @Test
  void beginsAfreshWhenAnotherContributionOfTheSiteCounted() {
    ContractTerms terms = terms(DeltaEncoding.INT8);
    ErrorFeedback feedback = feedback(terms, false);
    Contribution first = sign(terms, feedback.addTo(FlatVector.of(delta())));
    feedback.roundOver(first, in(first, 1));
    Contribution second = sign(terms, feedback.addTo(FlatVector.of(new float[PARAMETERS])));

    feedback.roundOver(second, in(first, 1));

    assertThat(sign(terms, feedback.addTo(FlatVector.of(delta()))).root()).isEqualTo(first.root());
  }

  @Test
  void goesOnWithoutWhatItCannotKeep() {
    ContractTerms terms = terms(DeltaEncoding.INT8);
    ErrorFeedback feedback = feedback(terms, false);
    boolean[] gone = {false};
    FlatVector delta =
        (from, into, count) -> {
          if (gone[0]) {
            throw new UncheckedIOException(new IOException("no space left on device"));
          }
          FlatVector.of(delta()).read(from, into, count);
        };
    Contribution sent = sign(terms, feedback.addTo(delta));
    gone[0] = true;
    feedback.roundOver(sent, in(sent, 1));

    FlatVector next = FlatVector.of(delta());
    assertThat(feedback.addTo(next)).isSameAs(next);
  }

  @Test
  void keepsNothingWhenNothingIsLost() {
    ContractTerms terms = terms(DeltaEncoding.FLOAT32);
    ErrorFeedback feedback = feedback(terms, true);
    FlatVector delta = FlatVector.of(delta());
    Contribution sent = sign(terms, delta);
    feedback.roundOver(sent, in(sent, 1));
    assertThat(feedback.addTo(delta)).isSameAs(delta);
  }

  /** What is sent is 3 of 300 values; all the others wait for their turn. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sendsWhatASparseEncodingLeftOutInLaterRounds(boolean inFile) {
    ContractTerms terms = terms(DeltaEncoding.topk(100));
    ErrorFeedback feedback = feedback(terms, inFile);
    float[] trained = new float[PARAMETERS];
    for (int i = 0; i < PARAMETERS; i++) {
      trained[i] = i + 1;
    }
    float[] merged = new float[PARAMETERS];
    FlatVector delta = FlatVector.of(trained);
    for (int round = 1; round <= 101; round++) {
      Contribution sent = sign(terms, feedback.addTo(delta));
      add(terms, sent, merged);
      feedback.roundOver(sent, in(sent, 1));
      delta = FlatVector.of(new float[PARAMETERS]); // nothing is trained any more
    }
    for (int i = 0; i < PARAMETERS; i++) {
      assertThat(merged[i]).isCloseTo(trained[i], within(trained[i] / 250));
    }
  }

  @Test
  void keepsWhatWasNotSentWhenTheRoundClosedWithoutTheSite() {
    ContractTerms terms = terms(DeltaEncoding.topk(100));
    ErrorFeedback feedback = feedback(terms, false);
    Contribution first = sign(terms, feedback.addTo(FlatVector.of(delta())));
    feedback.roundOver(first, in(first, 1));

    Contribution second = sign(terms, feedback.addTo(FlatVector.of(delta())));
    byte[] sent = WireFormat.DELTA_CHUNK.encode(second.chunk(1));
    feedback.roundOver(second, Optional.empty()); // left out
    feedback.roundOver(second, in(second, 0));
    feedback.passOver(5, round -> false);
    Contribution again = sign(terms, feedback.addTo(FlatVector.of(delta())));

    assertThat(WireFormat.DELTA_CHUNK.encode(again.chunk(1))).isEqualTo(sent);
    assertThat(again.root()).isEqualTo(second.root()).isNotEqualTo(first.root());
  }

  @Test
  void keepsWhatWasNotSentOverARestart() {
    ContractTerms terms = terms(DeltaEncoding.topk(100));
    ErrorFeedback before = remembering(terms);
    Contribution first = sign(terms, before.addTo(FlatVector.of(delta())));
    before.roundOver(first, in(first, 1));
    Contribution expected = sign(terms, before.addTo(FlatVector.of(delta())));
    before.close();

    ErrorFeedback restarted = remembering(terms);
    restarted.passOver(4, round -> false);

    assertThat(sign(terms, restarted.addTo(FlatVector.of(delta()))).root())
        .isEqualTo(expected.root());
    restarted.close();
  }

  /** It contained what was left, and what it left itself is gone. */
  @Test
  void beginsAfreshWhenSomethingCountedBeforeTheRestart() {
    ContractTerms terms = terms(DeltaEncoding.topk(100));
    ErrorFeedback before = remembering(terms);
    Contribution first = sign(terms, before.addTo(FlatVector.of(delta())));
    before.roundOver(first, in(first, 1));
    before.close();

    ErrorFeedback restarted = remembering(terms);
    restarted.passOver(4, round -> round == 3);

    FlatVector delta = FlatVector.of(delta());
    assertThat(restarted.addTo(delta)).isSameAs(delta);
    assertThat(folder).isEmptyDirectory();
  }

  /** The process died while it replaced the values, or the contract is another one. */
  @Test
  void doesNotTakeUpWhatIsNotWhole() throws IOException {
    ContractTerms terms = terms(DeltaEncoding.topk(100));
    ErrorFeedback before = remembering(terms);
    Contribution first = sign(terms, before.addTo(FlatVector.of(delta())));
    before.roundOver(first, in(first, 1));
    before.close();
    FlatVector delta = FlatVector.of(delta());

    assertThat(remembering(terms(DeltaEncoding.topk(200))).addTo(delta)).isSameAs(delta);
    Files.delete(folder.resolve("c.unsent.round"));
    assertThat(remembering(terms).addTo(delta)).isSameAs(delta);
  }

  @Test
  void leavesNoFileWhenTheTrainingIsOver() {
    ContractTerms terms = terms(DeltaEncoding.topk(100));
    ErrorFeedback feedback = remembering(terms);
    Contribution first = sign(terms, feedback.addTo(FlatVector.of(delta())));
    feedback.roundOver(first, in(first, 1));
    assertThat(folder).isNotEmptyDirectory();

    feedback.forget();

    assertThat(folder).isEmptyDirectory();
    FlatVector delta = FlatVector.of(delta());
    assertThat(feedback.addTo(delta)).isSameAs(delta);
  }

  /** The process died while it replaced the values, and the training ended without this site. */
  @Test
  void deletesAlsoWhatAnEarlierProcessHasLeftHalfReplaced() throws IOException {
    ContractTerms terms = terms(DeltaEncoding.topk(100));
    ErrorFeedback before = remembering(terms);
    Contribution first = sign(terms, before.addTo(FlatVector.of(delta())));
    before.roundOver(first, in(first, 1));
    before.close();
    Files.delete(folder.resolve("c.unsent.round"));

    remembering(terms).forget();

    assertThat(folder).isEmptyDirectory();
  }

  /** Round 0 sends the whole model. */
  @Test
  void keepsNothingOfAModel() {
    ContractTerms terms = terms(DeltaEncoding.topk(100));
    ErrorFeedback feedback = remembering(terms);
    FlatVector model = FlatVector.of(delta());
    Contribution sent = sign(terms, 0, feedback.addTo(model));
    feedback.roundOver(sent, in(sent, 1));

    assertThat(sent.chunk(0).getEncoding()).isEqualTo("float32");
    assertThat(feedback.addTo(model)).isSameAs(model);
    assertThat(folder).isEmptyDirectory();
  }

  private ErrorFeedback remembering(ContractTerms terms) {
    return new ErrorFeedback(terms, Optional.empty(), Optional.of(folder));
  }

  private ErrorFeedback feedback(ContractTerms terms, boolean inFile) {
    return new ErrorFeedback(
        terms, inFile ? Optional.of(folder) : Optional.empty(), Optional.empty());
  }

  private static ContractTerms terms(DeltaEncoding encoding) {
    // 3 chunks, the last one short.
    return TestContract.of("c", "mean", 1, 1, 0, PARAMETERS, 300).encoded(encoding).terms();
  }

  private static float[] delta() {
    float[] delta = new float[PARAMETERS];
    Arrays.fill(delta, SMALL);
    delta[0] = 1;
    return delta;
  }

  private static Contribution sign(ContractTerms terms, FlatVector delta) {
    return sign(terms, 1, delta);
  }

  private static Contribution sign(ContractTerms terms, long round, FlatVector delta) {
    return Contribution.sign(
        TestContract.of("c", "mean", 1, 1, 0).site(0).key(),
        terms,
        round,
        Hash.ZERO,
        delta,
        TestContract.header(1),
        Long.MAX_VALUE);
  }

  private static Optional<Participant> in(Contribution contribution, int weight) {
    return Optional.of(
        new Participant("0x", "a", contribution.root().toAvro(), TestContract.header(weight)));
  }

  private static void add(ContractTerms terms, Contribution sent, float[] model) {
    for (int chunk = 0; chunk < sent.chunkCount(); chunk++) {
      float[] values =
          terms.deltaEncoding(sent.round()).decode(sent.chunk(chunk).getPayload().array());
      int at = (int) terms.chunks().offset(chunk);
      for (int i = 0; i < values.length; i++) {
        model[at + i] += values[i];
      }
    }
  }
}
