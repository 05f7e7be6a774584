package io.swarmstream.schemas.masking;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.avro.MaskMember;
import io.swarmstream.schemas.avro.Participant;
import io.swarmstream.schemas.avro.RoundRecord;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.schemas.signing.SiteKey;
import io.swarmstream.schemas.wire.AvroBytes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What takes the masks off the sums of a round's payloads, as the job hands it from operator to
 * operator.
 *
 * @param exponent of the {@link FixedPoint} of the values
 * @param sums one for each group that has participants; without groups, the only one
 */
public record MaskedSum(int exponent, List<GroupSum> sums) implements Serializable {
  public MaskedSum {
    sums = List.copyOf(sums);
  }

  /**
   * What takes the masks off the sum of a group.
   *
   * @param rows which of the round's participants are in, from 0, in their order
   * @param added keys, hex, of the masks that were added in sum and not subtracted
   * @param subtracted keys, hex, of those that were subtracted
   */
  public record GroupSum(List<Integer> rows, List<String> added, List<String> subtracted)
      implements Serializable {
    public GroupSum {
      rows = List.copyOf(rows);
      added = List.copyOf(added);
      subtracted = List.copyOf(subtracted);
    }
  }

  /**
   * Returns what is left of the masks in the sums of a round: each participant's own one, and those
   * that it shares with members of its group that are not in.
   *
   * @param cohort hash of the cohort
   * @param members of the cohort, with their secrets
   * @param participants addresses of those who are in, in their order
   * @param terms of the contract, which is masked
   */
  public static MaskedSum of(
      Hash cohort,
      List<MaskMember> members,
      List<String> participants,
      long weightLimit,
      ContractTerms terms) {
    List<String> sites = members.stream().map(MaskMember::getSite).toList();
    Groups groups = Groups.of(cohort, sites, terms);
    List<GroupSum> sums = new ArrayList<>();
    for (int number = 0; number < groups.count(); number++) {
      int group = number;
      List<MaskMember> ofGroup =
          members.stream().filter(each -> groups.number(each.getSite()) == group).toList();
      List<Integer> rows =
          IntStream.range(0, participants.size())
              .filter(row -> groups.number(participants.get(row)) == group)
              .boxed()
              .toList();
      if (!rows.isEmpty()) {
        sums.add(sum(cohort, ofGroup, Set.copyOf(participants), rows));
      }
    }
    return new MaskedSum(
        FixedPoint.of(terms.maskRange(), weightLimit, members.size()).exponent(), sums);
  }

  private static GroupSum sum(
      Hash cohort, List<MaskMember> members, Set<String> participants, List<Integer> rows) {
    List<String> added = new ArrayList<>();
    List<String> subtracted = new ArrayList<>();
    for (MaskMember member : members) {
      byte[] secret = Hash.of(member.getSecret()).bytes();
      if (participants.contains(member.getSite())) {
        added.add(hex(DeltaMask.ownKey(secret, cohort)));
        continue;
      }
      for (MaskMember in : members) {
        if (participants.contains(in.getSite())) {
          DeltaMask.SignedKey pair =
              DeltaMask.pairKey(
                  secret, Hash.of(in.getMaskKey()), cohort, member.getSite(), in.getSite());
          // The sign is that of the member that is not in; the participant has the other one.
          (pair.sign() < 0 ? added : subtracted).add(hex(pair.key()));
        }
      }
    }
    return new GroupSum(rows, added, subtracted);
  }

  private static Set<String> participants(RoundRecord record) {
    Set<String> in = new HashSet<>();
    record.getParticipants().forEach(each -> in.add(each.getSite()));
    return in;
  }

  /**
   * Returns what the means count: all the same, so that a bad site spoils one group and no more,
   * whatever weight it asks for; 0 where no site of the group counts.
   *
   * @param weights of the participants
   */
  public int[] weights(int[] weights) {
    return sums.stream().mapToInt(sum -> weight(sum, weights) > 0 ? 1 : 0).toArray();
  }

  private static long weight(GroupSum sum, int[] weights) {
    return sum.rows().stream().mapToLong(row -> weights[row]).sum();
  }

  /**
   * Returns the weighted mean of a chunk for each group; zeros where no site of it counts.
   *
   * @param payloads of the participants
   * @param weights of the participants
   */
  public float[][] means(int chunk, List<byte[]> payloads, int[] weights) {
    float[][] means = new float[sums.size()][];
    for (int i = 0; i < means.length; i++) {
      int[] sum = sum(chunk, payloads, sums.get(i));
      long weight = weight(sums.get(i), weights);
      means[i] = weight == 0 ? new float[sum.length] : new FixedPoint(exponent).mean(sum, weight);
    }
    return means;
  }

  /** Returns the sum of the encoded values of a chunk, without masks. */
  static int[] sum(int chunk, List<byte[]> payloads, GroupSum group) {
    int[] sum = new int[payloads.get(0).length / Integer.BYTES];
    group.rows().forEach(row -> FixedPoint.add(payloads.get(row), sum));
    group.added().forEach(key -> MaskStream.add(HexFormat.of().parseHex(key), chunk, -1, sum));
    group.subtracted().forEach(key -> MaskStream.add(HexFormat.of().parseHex(key), chunk, 1, sum));
    return sum;
  }

  /**
   * Returns why a record's masks are not those that its cohort offered; empty: they are. Asks
   * nothing but the record.
   *
   * @param terms of the contract
   */
  public static Optional<String> flaw(RoundRecord record, ContractTerms terms) {
    List<MaskMember> members = record.getMaskMembers();
    Set<String> participants = participants(record);
    List<String> sites = members.stream().map(MaskMember::getSite).toList();
    if (!sites.stream().sorted().distinct().toList().equals(sites)
        || !sites.containsAll(participants)) {
      return Optional.of("its participants are not each once in its cohort " + sites);
    }
    Optional<String> tooFew = tooFew(record, sites, participants, terms);
    if (tooFew.isPresent()) {
      return tooFew;
    }
    long weight = 0;
    for (Participant in : record.getParticipants()) {
      weight += in.getHeader().getWeight();
    }
    if (weight > record.getMaskWeightLimit()) {
      return Optional.of(
          "the weights of its participants sum to %d, its sum has room for %d"
              .formatted(weight, record.getMaskWeightLimit()));
    }
    for (MaskMember member : members) {
      Hash signed =
          MaskContent.of(
              member,
              record.getContract(),
              Hash.of(record.getTermsHash()),
              record.getRound(),
              Hash.of(record.getBaseHash()),
              Hash.of(AvroBytes.of(record.getMaskRoster())));
      String site = member.getSite();
      if (SiteKey.signer(signed, AvroBytes.of(member.getSignature()))
          .filter(site::equals)
          .isEmpty()) {
        return Optional.of("the offer of " + site + " is not signed by it");
      }
      if (!Unmasking.isSecret(
          Hash.of(member.getSecret()),
          Hash.of(member.getCommitment()),
          Hash.of(member.getMaskKey()),
          participants.contains(site))) {
        return Optional.of("the secret of " + site + " is not the one that it offered");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> tooFew(
      RoundRecord record, List<String> sites, Set<String> participants, ContractTerms terms) {
    if (terms.privacy().groups() > 1) {
      Groups groups = Groups.of(Cohort.hash(record), sites, terms);
      return groups.hide(participants) && groups.areMost(groups.represented(participants))
          ? Optional.empty()
          : Optional.of(
              "its participants are of %d of %d groups, or fewer than %d of one"
                  .formatted(groups.represented(participants), groups.count(), groups.crowd()));
    }
    int least = Math.max(CrowdSize.LEAST, terms.minPeers());
    return participants.size() >= least
        ? Optional.empty()
        : Optional.of(
            "%d sites are in, a masked round has at least %d"
                .formatted(participants.size(), least));
  }

  private static String hex(byte[] key) {
    return HexFormat.of().formatHex(key);
  }
}
