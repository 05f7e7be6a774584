package io.swarmstream.clients.chain;

import io.swarmstream.clients.chain.contracts.SwarmMembers;
import io.swarmstream.schemas.hashing.Hash;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.web3j.utils.Numeric;

/** Turns the values of SwarmMembers into ours; zero, which says that there is none, into "". */
final class MemberValues {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  static final String ZERO_ADDRESS = "0x" + "0".repeat(40);

  private MemberValues() {}

  static Member member(SwarmMembers.Member stored) {
    return new Member(
        stored.account.toLowerCase(Locale.ROOT),
        stored.name,
        stored.organisation,
        Role.ofMask(stored.roles.intValueExact()),
        MemberStatus.ofNumber(stored.status.intValueExact()),
        stored.nonce.longValueExact(),
        hex(stored.keyHash),
        stored.spiffeId,
        hex(stored.invitation));
  }

  static Invitation invitation(SwarmMembers.Invitation stored) {
    SwarmMembers.Offer offer = stored.offer;
    return new Invitation(
        new InvitationOffer(
            hex(offer.tokenHash),
            offer.name,
            offer.organisation,
            Role.ofMask(offer.roles.intValueExact()),
            offer.contractName,
            offer.maxWeight.intValueExact(),
            Instant.ofEpochSecond(offer.expiresAt.min(LATEST).longValueExact()),
            offer.needsApproval),
        address(stored.invitedBy),
        stored.isCancelled,
        address(stored.account));
  }

  private static final BigInteger LATEST = BigInteger.valueOf(Instant.MAX.getEpochSecond());

  static Authority authority(SwarmMembers.Authority stored) {
    return new Authority(
        hex(stored.hash), stored.organisation, Authority.pem(stored.der), stored.isRevoked);
  }

  static NodeRecord node(SwarmMembers.Node stored) {
    return new NodeRecord(
        address(stored.account),
        stored.kind,
        stored.url,
        stored.enode,
        address(stored.sealer),
        stored.version,
        Instant.ofEpochSecond(stored.announcedAt.longValueExact()));
  }

  static ContractDraft draft(SwarmMembers.Draft stored) {
    return new ContractDraft(
        stored.name, stored.text, address(stored.owner), stored.generation.intValueExact());
  }

  static SwarmMembers.Offer offer(InvitationOffer offer) {
    return new SwarmMembers.Offer(
        bytes32(offer.tokenHash()),
        offer.name(),
        offer.organisation(),
        BigInteger.valueOf(Role.maskOf(offer.roles())),
        offer.contract(),
        BigInteger.valueOf(offer.maxWeight()),
        BigInteger.valueOf(offer.expiresAt().getEpochSecond()),
        offer.needsApproval());
  }

  static SwarmMembers.Binding binding(SignedBinding binding) {
    return new SwarmMembers.Binding(
        ChainOptions.checkedAddress("account", binding.account()),
        bytes32(binding.keyHash()),
        binding.spiffeId(),
        Numeric.hexStringToByteArray(binding.signature()));
  }

  /** Hex digits without 0x; empty for 32 zero bytes. */
  static String hex(byte[] hash) {
    String digits = Numeric.toHexStringNoPrefix(hash);
    return digits.equals(Hash.ZERO.hex()) ? "" : digits;
  }

  /**
   * The bytes of a hash; zeros for the empty text.
   *
   * @throws IllegalArgumentException when the text is not 64 lower-case hex digits
   */
  static byte[] bytes32(String hex) {
    if (hex.isEmpty()) {
      return new byte[32];
    }
    if (!HASH.matcher(hex).matches()) {
      throw new IllegalArgumentException("a hash is 64 lower-case hex digits, got \"" + hex + "\"");
    }
    return Numeric.hexStringToByteArray(hex);
  }

  static String address(String account) {
    String lower = account.toLowerCase(Locale.ROOT);
    return lower.equals(ZERO_ADDRESS) ? "" : lower;
  }
}
