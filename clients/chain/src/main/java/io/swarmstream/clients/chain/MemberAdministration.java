package io.swarmstream.clients.chain;

import io.swarmstream.clients.chain.contracts.SwarmMembers;
import java.math.BigInteger;
import java.util.Collection;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/**
 * Changes the smart contract SwarmMembers. Each method sends one transaction and waits until it is
 * in a block. With a threshold above 1, acts that concern admins and network members take effect
 * when enough admins have sent the same one: {@link MemberAct#isDone}.
 */
public final class MemberAdministration {
  private final Sender sender;
  private final SmartContract contract;
  private final SwarmMembers calls;

  MemberAdministration(JsonRpc rpc, String address, Sender sender) {
    this.sender = sender;
    this.contract = new SmartContract(rpc, address);
    this.calls = ContractCalls.swarmMembers(rpc, address);
  }

  /** Invites whoever brings the token; only for admins. */
  public MemberAct invite(InvitationOffer offer) {
    return act("invite " + offer.name(), calls.invite(MemberValues.offer(offer)));
  }

  /** Only for admins. */
  public MemberAct cancelInvitation(String tokenHash) {
    return act(
        "cancel invitation " + tokenHash, calls.cancelInvitation(MemberValues.bytes32(tokenHash)));
  }

  /**
   * Admits who brought a token; only for active admins and network members. They first check that
   * the account's owner has the private key that is bound.
   *
   * @param authority DER of the certificate authority of the member's organisation, for invitations
   *     with the role NETWORK; no bytes: none
   */
  public MemberAct admit(String token, SignedBinding binding, byte[] authority) {
    return act(
        "admit account " + binding.account(),
        calls.admit(token, MemberValues.binding(binding), authority));
  }

  /** Lets a pending member act; only for admins. */
  public MemberAct approve(String account) {
    return act("approve member " + account, calls.approve(checked(account)));
  }

  /** Only for admins. */
  public MemberAct suspend(String account) {
    return act("suspend member " + account, calls.suspend(checked(account)));
  }

  /** Only for admins. */
  public MemberAct resume(String account) {
    return act("resume member " + account, calls.resume(checked(account)));
  }

  /** Ends a membership; only for admins. Training contracts keep their own lists of sites. */
  public MemberAct remove(String account) {
    return act("remove member " + account, calls.remove(checked(account)));
  }

  /** Only for admins. */
  public MemberAct setRoles(String account, Collection<Role> roles) {
    return act(
        "set the roles of member " + account,
        calls.setRoles(checked(account), BigInteger.valueOf(Role.maskOf(roles))));
  }

  /** Ends the membership of this client's account. */
  public MemberAct resign() {
    return act("resign from the swarm", calls.resign());
  }

  /** How many admins have to agree about admins and network members; only for admins. */
  public MemberAct setThreshold(int threshold) {
    return act("set the threshold", calls.setThreshold(BigInteger.valueOf(threshold)));
  }

  /** Binds another key; the account has signed it, so any account may send it. */
  public MemberAct bindKey(SignedBinding binding) {
    return act(
        "bind a key to member " + binding.account(), calls.bindKey(MemberValues.binding(binding)));
  }

  /** A revoked key is never accepted again; only for its member and for admins. */
  public MemberAct revokeKey(String keyHash) {
    return act("revoke key " + keyHash, calls.revokeKey(MemberValues.bytes32(keyHash)));
  }

  /**
   * Moves a membership to another account; any account may send it. Training contracts follow with
   * {@link ContractAdministration#rotateSite}.
   *
   * @param previousSignature of the account that had the membership, 130 hex digits
   * @param signature of the account that gets it
   */
  public MemberAct rotateAccount(RotationText text, String previousSignature, String signature) {
    return act(
        "move the membership of " + text.previousAccount(),
        calls.rotateAccount(
            text.previousAccount(),
            text.account(),
            Numeric.hexStringToByteArray(previousSignature),
            Numeric.hexStringToByteArray(signature)));
  }

  /** Only for admins and for network members of that organisation. */
  public MemberAct addAuthority(String organisation, byte[] der) {
    return act(
        "add a certificate authority of " + organisation, calls.addAuthority(organisation, der));
  }

  /** Only for admins and for network members of the authority's organisation. */
  public MemberAct revokeAuthority(String hash) {
    return act(
        "revoke certificate authority " + hash, calls.revokeAuthority(MemberValues.bytes32(hash)));
  }

  /**
   * Says where a node of this client's account is. Replaces its earlier record of the same kind.
   * The record's account and time do not matter: the chain knows them.
   */
  public MemberAct announceNode(NodeRecord node) {
    return act(
        "announce the node at " + node.url(),
        calls.announceNode(
            node.kind(),
            node.url(),
            node.enode(),
            node.sealer().isEmpty() ? MemberValues.ZERO_ADDRESS : checked(node.sealer()),
            node.version()));
  }

  /** Writes a draft, over an earlier one; only for members with the role OWNER. */
  public MemberAct setDraft(String name, String text) {
    return act("write the draft " + name, calls.setDraft(name, text));
  }

  /** Starts a training anew, in another contract; only for the draft's owner and for admins. */
  public MemberAct resetContract(String name) {
    return act("reset " + name, calls.resetContract(name));
  }

  private static String checked(String account) {
    return ChainOptions.checkedAddress("account", account);
  }

  private MemberAct act(String what, RemoteFunctionCall<?> call) {
    TransactionReceipt receipt = sender.receipt(what, contract, call);
    return SwarmMembers.getVoteCastEvents(receipt).stream()
        .map(
            vote ->
                new MemberAct(
                    receipt.getTransactionHash(),
                    vote.votes.intValueExact(),
                    vote.needed.intValueExact()))
        .findFirst()
        .orElseGet(() -> new MemberAct(receipt.getTransactionHash(), 1, 1));
  }
}
