package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.DeltaEncoding;
import io.swarmstream.testkit.TestContract;
import java.util.List;

/**
 * A sequence of misfortunes, as data. After them everything works again, and the guarantees must
 * hold.
 *
 * @param enrolledAtFirst number of sites enrolled at first, from the first on; the others join
 *     later or never
 * @param parallelism parallelism of the job at its start
 */
public record Scenario(
    long seed,
    TestContract contract,
    int enrolledAtFirst,
    int parallelism,
    List<Happening> happenings) {

  /** The same scenario, with sites that encode their deltas. */
  public Scenario encoded(DeltaEncoding encoding) {
    return new Scenario(seed, contract.encoded(encoding), enrolledAtFirst, parallelism, happenings);
  }

  /** The same scenario, with rounds that decide how long sites train between them. */
  public Scenario adaptive(int interval) {
    return new Scenario(
        seed, contract.adaptive(interval), enrolledAtFirst, parallelism, happenings);
  }

  /** The same scenario, with a server optimizer. */
  public Scenario optimized(String optimizer) {
    return new Scenario(
        seed, contract.optimized(optimizer), enrolledAtFirst, parallelism, happenings);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "scenario %d: %s, optimizer %s, of %s deltas of %d sites, %d of them enrolled at first, min peers %d, grace %d ms, %d chunks, first interval %d, parallelism %d"
            .formatted(
                seed,
                contract.terms().method(),
                contract.terms().optimizer().shown(),
                contract.terms().deltaEncoding().code(),
                contract.sites().size(),
                enrolledAtFirst,
                contract.terms().minPeers(),
                contract.terms().gracePeriodMs(),
                contract.terms().chunks().chunkCount(),
                contract.terms().adaptiveInterval(),
                parallelism));
    for (int i = 0; i < happenings.size(); i++) {
      text.append("\n  %d. %s".formatted(i + 1, happenings.get(i)));
    }
    return text.toString();
  }
}
