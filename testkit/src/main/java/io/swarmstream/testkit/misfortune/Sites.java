package io.swarmstream.testkit.misfortune;

import io.swarmstream.schemas.avro.ContributionHeader;
import io.swarmstream.schemas.contribution.Contribution;
import io.swarmstream.schemas.contribution.SiteEvents;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.wire.Topic;
import io.swarmstream.schemas.wire.WireFormat;
import io.swarmstream.testkit.TestContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The sites of a scenario: what they train, and how it reaches the log. */
final class Sites {
  private static final int REMEMBERED = 20_000;

  /** Everything that determines the bytes of a contribution. */
  private record Trained(
      Hash terms, String address, int site, long round, Hash base, int variant) {}

  /** Caches contributions, because signing takes a millisecond and many scenarios begin alike. */
  private static final Map<Trained, Contribution> SIGNED =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Trained, Contribution> eldest) {
          return size() > REMEMBERED;
        }
      };

  private final TestContract contract;
  private final World world;
  private final SentRecords ledger;
  private long lastWordMs;

  Sites(TestContract contract, World world, SentRecords ledger) {
    this.contract = contract;
    this.world = world;
    this.ledger = ledger;
  }

  /** A site trains from the base and sends chunks of its delta. */
  SentRecords.Sent send(
      int site, long round, Hash base, int variant, List<Integer> chunks, boolean mayBeDropped) {
    float[] delta = delta(site, round, variant);
    Contribution contribution = sign(site, round, base, variant, delta);
    SentRecords.Sent sent =
        ledger.contributions.computeIfAbsent(
            contribution.root().hex(),
            unused -> new SentRecords.Sent(site, round, decoded(contribution), contribution));
    sent.mayBeDropped |= mayBeDropped;
    for (int chunk : chunks) {
      send(sent, chunk, WireFormat.DELTA_CHUNK.encode(contribution.chunk(chunk)));
    }
    return sent;
  }

  /** Decodes a contribution into the delta that is merged. */
  private float[] decoded(Contribution contribution) {
    float[] delta = contract.constant(0);
    for (int chunk = 0; chunk < contribution.chunkCount(); chunk++) {
      float[] values =
          contract
              .terms()
              .deltaEncoding(contribution.round())
              .decode(contribution.chunk(chunk).getPayload().array());
      int at = Math.toIntExact(contract.terms().chunks().offset(chunk));
      System.arraycopy(values, 0, delta, at, values.length);
    }
    return delta;
  }

  /** Sends a record that was sent before. */
  void copy(SentRecords.Copy copy, boolean mayBeDropped) {
    copy.of.mayBeDropped |= mayBeDropped;
    send(copy.of, copy.chunk, copy.bytes);
  }

  private void send(SentRecords.Sent sent, int chunk, byte[] bytes) {
    ledger.add(new SentRecords.Copy(sent, chunk, bytes, append(chunk % 3, bytes)));
  }

  /** Appends bytes to the deltas topic. */
  SentRecords.Place append(int partition, byte[] bytes) {
    String topic = Topic.DELTAS.of(contract.name());
    return new SentRecords.Place(topic, partition, world.append(topic, partition, bytes));
  }

  void say(int site, boolean joined) {
    lastWordMs = Math.max(lastWordMs + 1, world.nowMs());
    byte[] event =
        WireFormat.SITE_EVENT.encode(
            SiteEvents.sign(
                contract.site(site).key(),
                contract.terms(),
                joined ? SiteEvents.JOINED : SiteEvents.LEFT,
                lastWordMs));
    world.append(Topic.SITES.of(contract.name()), site % 3, event);
  }

  private Contribution sign(int site, long round, Hash base, int variant, float[] delta) {
    Trained trained =
        new Trained(
            contract.terms().hash(), contract.site(site).address(), site, round, base, variant);
    synchronized (SIGNED) {
      return SIGNED.computeIfAbsent(
          trained,
          unused -> contract.contribution(site, round, base, header(site, round, variant), delta));
    }
  }

  private static ContributionHeader header(int site, long round, int variant) {
    return TestContract.header(new Random(seed(site, round, variant)).nextInt(6));
  }

  private float[] delta(int site, long round, int variant) {
    Random random = new Random(seed(site, round, variant) + 1);
    float[] delta = contract.constant(0);
    for (int i = 0; i < delta.length; i++) {
      delta[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(5)));
    }
    return delta;
  }

  private static long seed(int site, long round, int variant) {
    return (round * 100 + site) * 10 + variant * 1_000_003L;
  }
}
