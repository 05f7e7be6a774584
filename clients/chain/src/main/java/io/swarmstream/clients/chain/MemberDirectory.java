package io.swarmstream.clients.chain;

import io.swarmstream.clients.chain.contracts.SwarmMembers;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.utils.Numeric;

/**
 * Reads the smart contract SwarmMembers: members, invitations, authorities, nodes and drafts. Every
 * call asks the chain; whoever asks for each request keeps the answers for a while.
 */
public final class MemberDirectory {
  /** A page of the longest authorities costs some ten million gas, which nodes grant a view. */
  private static final int VALUES_A_PAGE = 20;

  private final Network network;
  private final SmartContract views;
  private final SwarmMembers calls;

  MemberDirectory(JsonRpc rpc, Network network, String address) {
    this.network = network;
    this.views = new SmartContract(rpc, address);
    this.calls = ContractCalls.swarmMembers(rpc, address);
  }

  /** Address of SwarmMembers. */
  public String address() {
    return views.address();
  }

  /** All members in order of their admission, those of every status. */
  public List<Member> all() {
    return pages(
        "list the members",
        calls::members,
        stored -> MemberValues.member((SwarmMembers.Member) stored));
  }

  /** The member of an account; empty when it never was one. */
  public Optional<Member> byAccount(String account) {
    return member(
        "read the member " + account,
        calls.memberOf(ChainOptions.checkedAddress("account", account)));
  }

  /** The member of a name who is not removed. */
  public Optional<Member> byName(String name) {
    return member("read the member " + name, calls.memberByName(name));
  }

  /**
   * The member that a certificate's key is bound to.
   *
   * @param keyHash SHA-256 of the certificate's SubjectPublicKeyInfo, 64 hex digits
   */
  public Optional<Member> byKey(String keyHash) {
    return member(
        "read the member of key " + keyHash, calls.memberByKey(MemberValues.bytes32(keyHash)));
  }

  /** The member that a SPIFFE id is bound to. */
  public Optional<Member> bySpiffeId(String spiffeId) {
    return member("read the member of " + spiffeId, calls.memberBySpiffeId(spiffeId));
  }

  /** Whether an account is an active member with at least one of these roles. */
  public boolean hasRole(String account, Role... any) {
    return (Boolean)
        views
            .view(
                "read the roles of " + account,
                calls.hasRole(
                    ChainOptions.checkedAddress("account", account),
                    BigInteger.valueOf(Role.maskOf(Arrays.asList(any)))))
            .getValue();
  }

  /** Whether a key was revoked, whoever it belongs to. */
  public boolean isKeyRevoked(String keyHash) {
    return (Boolean)
        views
            .view(
                "read whether key " + keyHash + " is revoked",
                calls.isKeyRevoked(MemberValues.bytes32(keyHash)))
            .getValue();
  }

  /** The account that a membership moved to; empty when it did not move. */
  public Optional<String> successor(String account) {
    String what = "read the successor of " + account;
    var call = calls.successorOf(ChainOptions.checkedAddress("account", account));
    String successor = MemberValues.address((String) views.view(what, call).getValue());
    return successor.isEmpty() ? Optional.empty() : Optional.of(successor);
  }

  /** How many admins have to agree about admins and network members. */
  public int threshold() {
    return ((BigInteger) views.view("read the threshold", calls.threshold()).getValue())
        .intValueExact();
  }

  /** All invitations in their order, used, expired and cancelled ones too. */
  public List<Invitation> invitations() {
    return pages(
        "list the invitations",
        calls::invitations,
        stored -> MemberValues.invitation((SwarmMembers.Invitation) stored));
  }

  /** The invitation with this token hash. */
  public Optional<Invitation> invitation(String tokenHash) {
    var call = calls.invitationOf(MemberValues.bytes32(tokenHash));
    Object stored = views.view("read the invitation " + tokenHash, call);
    return Optional.of(MemberValues.invitation((SwarmMembers.Invitation) stored))
        .filter(invitation -> !invitation.invitedBy().isEmpty());
  }

  /** All certificate authorities, revoked ones too. */
  public List<Authority> authorities() {
    return pages(
        "list the certificate authorities",
        calls::authorities,
        stored -> MemberValues.authority((SwarmMembers.Authority) stored));
  }

  /** All announced nodes, those of members who may not act any more, too. */
  public List<NodeRecord> nodes() {
    return pages(
        "list the nodes", calls::nodes, stored -> MemberValues.node((SwarmMembers.Node) stored));
  }

  /** The draft of a training contract. */
  public Optional<ContractDraft> draft(String name) {
    Object stored = views.view("read the draft " + name, calls.draft(name));
    return Optional.of(MemberValues.draft((SwarmMembers.Draft) stored))
        .filter(draft -> draft.generation() > 0);
  }

  /** How often a name was used: 1, and one more for each reset; 0 where there is no draft. */
  public int generation(String name) {
    return ((BigInteger)
            views.view("read the generation of " + name, calls.generation(name)).getValue())
        .intValueExact();
  }

  /** Names of all drafts, the oldest first. */
  public List<String> draftNames() {
    return pages(
        "list the drafts", calls::draftNames, name -> (String) ((Type<?>) name).getValue());
  }

  /** What an account has to sign now to bind a key, a SPIFFE id, or both. */
  public BindingText bindingText(String account, String keyHash, String spiffeId) {
    return new BindingText(
        network.chainId(), address(), account, nonce(account), keyHash, spiffeId);
  }

  /** What two accounts have to sign now to move a membership. */
  public RotationText rotationText(String previousAccount, String account) {
    return new RotationText(
        network.chainId(), address(), previousAccount, nonce(previousAccount), account);
  }

  /** The digest of a binding as the smart contract computes it. */
  public String digest(BindingText text) {
    var call =
        calls.bindingDigest(text.account(), MemberValues.bytes32(text.keyHash()), text.spiffeId());
    return Numeric.toHexStringNoPrefix((byte[]) views.view("compute a digest", call).getValue());
  }

  private long nonce(String account) {
    return byAccount(account).map(Member::nonce).orElse(0L);
  }

  private Optional<Member> member(String what, RemoteFunctionCall<SwarmMembers.Member> call) {
    return Optional.of(MemberValues.member((SwarmMembers.Member) (Object) views.view(what, call)))
        .filter(member -> member.status() != MemberStatus.NONE);
  }

  @SuppressWarnings("rawtypes") // the list type that web3j uses
  private <T> List<T> pages(
      String what,
      BiFunction<BigInteger, BigInteger, RemoteFunctionCall<List>> call,
      Function<Object, T> read) {
    return ViewPages.all(views, what, VALUES_A_PAGE, call, read);
  }
}
