package io.swarmstream.operators.messages;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskMember;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.masking.Cohort;
import io.swarmstream.schemas.masking.MaskedSum;
import io.swarmstream.schemas.wire.AvroBytes;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cohort of a masked round, and the secrets that take the masks off its sum. All hashes, keys
 * and signatures are hex.
 *
 * @param cohort hash of the cohort
 * @param roster hash of the roster that it offered for
 * @param weightLimit the most that its weights can sum to
 */
public record RoundMasks(String cohort, String roster, long weightLimit, List<Member> members)
    implements Serializable {
  private static final HexFormat HEX = HexFormat.of();

  /** A site of the cohort; the fields are those of {@link MaskMember}. */
  public record Member(
      String site,
      String maskKey,
      String commitment,
      String details,
      String signature,
      String secret)
      implements Serializable {
    private static Member of(MaskMember avro) {
      return new Member(
          avro.getSite(),
          Hash.of(avro.getMaskKey()).hex(),
          Hash.of(avro.getCommitment()).hex(),
          Hash.of(avro.getDetails()).hex(),
          HEX.formatHex(AvroBytes.of(avro.getSignature())),
          Hash.of(avro.getSecret()).hex());
    }

    private MaskMember toAvro() {
      return new MaskMember(
          site,
          Hash.ofHex(maskKey).toAvro(),
          Hash.ofHex(commitment).toAvro(),
          Hash.ofHex(details).toAvro(),
          ByteBuffer.wrap(HEX.parseHex(signature)),
          Hash.ofHex(secret).toAvro());
    }
  }

  /**
   * The masks of a round whose secrets are found.
   *
   * @param members of the cohort, with their secrets
   */
  public static RoundMasks of(Cohort cohort, List<MaskMember> members) {
    return of(cohort.hash(), cohort.roster(), cohort.weightLimit(), members);
  }

  /** Those that a record has; null: the round is not masked. */
  public static @Nullable RoundMasks of(RoundRecord record) {
    return record.getMaskMembers().isEmpty()
        ? null
        : of(
            Cohort.hash(record),
            Hash.of(AvroBytes.of(record.getMaskRoster())),
            record.getMaskWeightLimit(),
            record.getMaskMembers());
  }

  private static RoundMasks of(
      Hash cohort, Hash roster, long weightLimit, List<MaskMember> members) {
    List<Member> all = new ArrayList<>();
    members.forEach(member -> all.add(Member.of(member)));
    return new RoundMasks(cohort.hex(), roster.hex(), weightLimit, all);
  }

  /** Writes them into a round's record. */
  public void describe(RoundRecord.Builder record) {
    var unused =
        record
            .setMaskMembers(avro())
            .setMaskRoster(ByteBuffer.wrap(Hash.ofHex(roster).bytes()))
            .setMaskWeightLimit(weightLimit);
  }

  private List<MaskMember> avro() {
    List<MaskMember> avro = new ArrayList<>();
    members.forEach(member -> avro.add(member.toAvro()));
    return avro;
  }

  /** What takes the masks off the sums of these participants, which are in their order. */
  MaskedSum sum(List<String> participants, ContractTerms terms) {
    return MaskedSum.of(Hash.ofHex(cohort), avro(), participants, weightLimit, terms);
  }
}
