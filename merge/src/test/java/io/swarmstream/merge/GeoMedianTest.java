package io.swarmstream.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeoMedianTest {

  static Stream<Rows> hardRows() {
    return HardRows.all().stream();
  }

  static Stream<Rows> randomRows() {
    return LongStream.range(0, 300)
        .mapToObj(
            seed -> {
              Random random = new Random(seed);
              return Rows.random(seed, 1 + random.nextInt(20), 1 + random.nextInt(100));
            });
  }

  @ParameterizedTest
  @MethodSource("hardRows")
  void isTheReferenceUpToTheRoundingOfItsResultOnHardRows(Rows rows) {
    assertIsTheReference(rows);
  }

  @Test
  void isTheReferenceUpToTheRoundingOfItsResultOnRandomRows() {
    randomRows().forEach(GeoMedianTest::assertIsTheReference);
  }

  /** The gap is claimed in n dimensions; the slope that proves or refutes it is in all of them. */
  @ParameterizedTest
  @MethodSource("hardRows")
  void claimsNoSmallerGapThanTheSlopeProvesOnHardRows(Rows rows) {
    assertGapIsProven(rows);
  }

  @Test
  void claimsNoSmallerGapThanTheSlopeProvesOnRandomRows() {
    randomRows().forEach(GeoMedianTest::assertGapIsProven);
  }

  @Test
  void stopsWithinTheIterationsItMayUse() {
    Stream.concat(hardRows(), randomRows())
        .forEach(
            rows -> {
              GramSolution solution = rows.solution();
              assertThat(solution.iterations()).as("%s", rows).isLessThanOrEqualTo(5_000);
              assertThat(solution.gap())
                  .as("%s", rows)
                  .isLessThan(isCreeping(rows) ? 2e-6 : 1.01e-12);
              assertThat(Arrays.stream(solution.coefficients()).sum())
                  .as("%s", rows)
                  .isBetween(1 - 1e-14, 1 + 1e-14);
            });
  }

  @Test
  void handsAnInputThatIsTheMedianOverBitForBit() {
    float[][] deltas = {{5, 1, -0f}, {1e25f, -3, 2}, {0.1f, Float.MIN_VALUE, -0f}, {4, 4, 4}};
    Rows rows = new Rows("heavy", deltas, new int[] {1, 1, 4, 1});
    assertThat(rows.solution()).isEqualTo(new GramSolution(new double[] {0, 0, 1, 0}, 0, 0));
    assertThat(Bits.of(rows.merged("geomedian"))).isEqualTo(Bits.of(deltas[2]));
  }

  @Test
  void takesTheMidpointOfTwoEqualsAndTheHeavierOfTwoUnequals() {
    float[][] deltas = {{0, 10, -4}, {2, 20, 4}};
    assertThat(new Rows("equal", deltas, new int[] {7, 7}).merged("geomedian"))
        .containsExactly(1, 15, 0);
    assertThat(new Rows("unequal", deltas, new int[] {7, 8}).merged("geomedian"))
        .containsExactly(2, 20, 4);
    int max = Integer.MAX_VALUE;
    assertThat(new Rows("barely", deltas, new int[] {max, max - 1}).merged("geomedian"))
        .containsExactly(0, 10, -4);
  }

  @Test
  void settlesATieOnALineAlikeForEveryOrder() {
    float[][] line = {{0, 0}, {1, 2}, {1, 2}, {3, 6}, {7, 14}, {8, 16}};
    Rows rows = new Rows("line", line, new int[] {2, 1, 1, 1, 1, 2});
    for (long seed = 0; seed < 100; seed++) {
      Rows permuted = rows.permuted(Rows.order(6, new Random(seed)));
      assertThat(permuted.merged("geomedian")).as(permuted.description()).containsExactly(2, 4);
    }
  }

  @Test
  void givesIdenticalRowsBackWhateverTheirNorm() {
    for (float scale : new float[] {8 * Float.MIN_VALUE, 1, 1e6f, 3e38f}) {
      float[] row = {scale, -scale, 0.3f * scale, -0f};
      Rows rows = new Rows("same", new float[][] {row, row, row}, new int[] {1, 2, 5});
      assertThat(Bits.of(rows.merged("geomedian"))).as("%s", scale).isEqualTo(Bits.of(row));
    }
  }

  /**
   * Entries as rounding leaves them: rows 0 and 1 seem 1.5e-8 apart at distance 1 of the centre.
   */
  @Test
  void sharesAPlaceBetweenRowsNearerThanRoundingCanTell() {
    double rounded = 1 - Math.ulp(1.0) / 2;
    double[] gram = {1, rounded, -1, rounded, 1, -1, -1, -1, 1};
    GeoMedian median = new GeoMedian();
    assertThat(median.solve(gram, new int[] {2, 3, 5}).coefficients()).containsExactly(0.5, 0, 0.5);
    assertThat(median.solve(gram, new int[] {2, 3, 4}).coefficients()).containsExactly(1, 0, 0);
    assertThat(median.solve(gram, new int[] {2, 3, 6}).coefficients()).containsExactly(0, 0, 1);
  }

  @Test
  void movesWithTheUnitOfTheDeltas() {
    Rows rows = Rows.equal("one unit", Rows.random(3, 6, 50).deltas());
    float[][] scaled = new float[6][50];
    for (int k = 0; k < 6; k++) {
      for (int j = 0; j < 50; j++) {
        scaled[k][j] = rows.deltas()[k][j] * 0x1p-60f;
      }
    }
    assertThat(Rows.equal("another", scaled).solution()).isEqualTo(rows.solution());
  }

  private static void assertIsTheReference(Rows rows) {
    float[] merged = rows.merged("geomedian");
    double[] expected = Reference.geometricMedian(rows);
    double spread = spread(rows, expected);
    for (int j = 0; j < merged.length; j++) {
      assertThat(Math.abs(merged[j] - expected[j]))
          .as("%s, coordinate %d", rows, j)
          .isLessThanOrEqualTo(0.501 * Math.ulp((float) expected[j]) + tolerance(rows) * spread);
    }
  }

  /**
   * Beside an input that is all but optimal every fixed-point iteration creeps, ours and theirs.
   */
  private static double tolerance(Rows rows) {
    return isCreeping(rows) ? 2e-8 : 3e-9;
  }

  private static boolean isCreeping(Rows rows) {
    return rows.description().startsWith("weight 1e-6 short");
  }

  private static void assertGapIsProven(Rows rows) {
    GramSolution solution = rows.solution();
    double proven = Reference.provenGap(rows, Reference.combined(rows, solution.coefficients()));
    // The reference itself cannot place a point more exactly than float64 of the deltas' norm.
    assertThat(proven).as("%s", rows).isLessThanOrEqualTo(1.01 * solution.gap() + noise(rows));
  }

  private static double noise(Rows rows) {
    return rows.description().startsWith("two ulp apart") ? 1e-8 : 1e-14;
  }

  /** The distance within which half of the weight lies. */
  private static double spread(Rows rows, double[] centre) {
    float[][] distances = new float[rows.weights().length][1];
    for (int k = 0; k < distances.length; k++) {
      double[] alone = new double[distances.length];
      alone[k] = 1;
      double distance = Reference.distance(Reference.combined(rows, alone), centre);
      distances[k][0] = (float) Math.min(distance, Float.MAX_VALUE);
    }
    return Reference.median(new Rows("distances", distances, rows.weights()))[0];
  }
}
