package io.swarmstream.clients.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Type;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The custom errors of the smart contracts, each with its message. */
enum ContractError {
  CONTRACT_ALREADY_EXISTS(
      "ContractAlreadyExists(bytes32,string,address)",
      "contract \"{1}\" exists already and belongs to {2}; choose another name"),
  UNKNOWN_CONTRACT(
      "UnknownContract(bytes32)",
      "there is no such contract (id {0}); check the name and the network, or create it first"),
  LENGTH_OUT_OF_RANGE(
      "LengthOutOfRange(string,uint256,uint256)", "{0} has {1} bytes; it takes 1 to {2}"),
  NUMBER_OUT_OF_RANGE(
      "NumberOutOfRange(string,uint256,uint256,uint256)", "{0} is {1}; it goes from {2} to {3}"),
  ZERO_ADDRESS("ZeroAddress(string)", "{0} is the zero address; name an account"),
  LAYOUT_MISMATCH(
      "LayoutMismatch(bytes32,bytes32)",
      "the terms' layoutHash is {0}, the layout's text hashes to {1}; hash the text that you send"),
  NOT_OWNER(
      "NotOwner(bytes32,address,address)",
      "{1} does not own the contract; sign with the key of its owner {2}"),
  SITE_ALREADY_ENROLLED(
      "SiteAlreadyEnrolled(bytes32,address)",
      "site {1} is enrolled already; remove it first to change its name or weight"),
  SITE_NAME_TAKEN(
      "SiteNameTaken(bytes32,string)",
      "another site of the contract is named \"{1}\"; choose another name"),
  SITE_NOT_ENROLLED("SiteNotEnrolled(bytes32,address)", "site {1} is not enrolled"),
  TOO_MANY_SITES(
      "TooManySites(bytes32,uint256)", "the contract has {1} sites, the most there can be"),
  ROUND_ALREADY_ANCHORED(
      "RoundAlreadyAnchored(bytes32,uint64,bytes32,bytes32,bytes32,bytes32)",
      // Solidity signs the two structs as tuples; their members decode one after the other.
      "RoundAlreadyAnchored(bytes32,uint64,(bytes32,bytes32),(bytes32,bytes32))",
      "round {1} is anchored with record {2} and model {3}, which are not record {4} and model"
          + " {5}; look for a second coordinator"),
  ROUND_OUT_OF_ORDER(
      "RoundOutOfOrder(bytes32,uint64,uint64)",
      "round {1} is out of order; round {2} has to be anchored first"),
  NOT_COORDINATOR(
      "NotCoordinator(bytes32,address,address)",
      "{1} may not anchor this contract's rounds; sign with the key of its coordinator {2}"),
  ZERO_HASH("ZeroHash(string)", "{0} is zero; send the hash itself"),
  NOT_OFFERED(
      "NotOffered(bytes32,address,address)",
      "the offer is not for {1} but for {2}; have the owner offer it to you first"),
  NOT_SUCCESSOR(
      "NotSuccessor(address,address)",
      "the membership of {0} has not moved to {1}; move it first, or sign as owner or admin"),
  MISSING_ROLE(
      "MissingRole(address,uint32)",
      "{0} is no active member with the role {1:roles}; ask an admin to approve it or to give the role"),
  UNKNOWN_MEMBER(
      "UnknownMember(address)",
      "{0} is no member; check the account, or invite it (again if it was removed)"),
  MEMBER_EXISTS(
      "MemberExists(address,uint8)",
      "{0} is a member already, with status {1:status}; join with another account"),
  NAME_TAKEN("NameTaken(string,address)", "member {1} is named \"{0}\"; choose another name"),
  WRONG_STATUS(
      "WrongStatus(address,uint8)", "{0} has status {1:status}; this act does not go with it"),
  UNKNOWN_ROLES("UnknownRoles(uint32)", "{0} is no set of roles; name at least one that exists"),
  TOO_FEW_ADMINS(
      "TooFewAdmins(uint256,uint256)",
      "{0} active admins would be left, and {1} have to agree; name another admin, or lower the"
          + " threshold first"),
  ALREADY_VOTED(
      "AlreadyVoted(bytes32,address)", "{1} has agreed already; another admin has to do the same"),
  UNKNOWN_INVITATION(
      "UnknownInvitation(bytes32)",
      "there is no invitation with token hash {0}; check the file, or ask for a new invitation"),
  INVITATION_EXISTS(
      "InvitationExists(bytes32)",
      "there is an invitation with token hash {0}; take another token"),
  INVITATION_USED(
      "InvitationUsed(bytes32,address)",
      "the invitation admitted {1} already; ask for a new invitation"),
  INVITATION_NOT_OPEN(
      "InvitationNotOpen(bytes32)",
      "the invitation with token hash {0} was cancelled; ask for a new invitation"),
  INVITATION_EXPIRED(
      "InvitationExpired(bytes32,uint64,uint256)",
      "the invitation expires at {1}, and it is {2} (seconds since 1970); ask for a new invitation"),
  WRONG_SIGNATURE(
      "WrongSignature(address,address)",
      "the signature is not that of {0} but of {1}; sign with the account's key, for this swarm and"
          + " the member's present nonce"),
  NOTHING_TO_BIND("NothingToBind(address)", "{0} binds neither a key nor a SPIFFE id; name one"),
  KEY_ALREADY_BOUND(
      "KeyAlreadyBound(bytes32,address)", "key {0} belongs to member {1}; make another key"),
  SPIFFE_ID_ALREADY_BOUND(
      "SpiffeIdAlreadyBound(string,address)", "{0} belongs to member {1}; bind another SPIFFE id"),
  KEY_IS_REVOKED("KeyIsRevoked(bytes32)", "key {0} was revoked; make another key"),
  ACCOUNT_WAS_ROTATED(
      "AccountWasRotated(address,address)",
      "the membership of {0} has moved to {1}; act with that account"),
  AUTHORITY_EXISTS(
      "AuthorityExists(bytes32,string)", "certificate authority {0} of {1} was added already"),
  UNKNOWN_AUTHORITY(
      "UnknownAuthority(bytes32)",
      "there is no certificate authority {0}, or it was revoked; list them"),
  NOT_OF_ORGANISATION(
      "NotOfOrganisation(address,string)",
      "{0} is neither an admin nor a network member of {1}; ask one of them"),
  UNKNOWN_DRAFT("UnknownDraft(string)", "there is no draft \"{0}\"; write it first"),
  NOT_DRAFT_OWNER(
      "NotDraftOwner(string,address,address)",
      "{1} does not own draft \"{0}\"; sign with the key of its owner {2}, or as an admin"),
  CONTROL_CHARACTER(
      "ControlCharacter(string,uint256)",
      "{0} has a control character at byte {1}, counted from 0; use printable characters"),
  TASK_EXISTS(
      "TaskExists(string,address)",
      "there is a task \"{0}\" already, created by {1}; choose another name, or delete it if it is"
          + " not finalised"),
  UNKNOWN_TASK("UnknownTask(string)", "there is no task \"{0}\"; list the tasks, or create it"),
  NOT_TASK_OWNER(
      "NotTaskOwner(string,address,address)",
      "{1} did not create task \"{0}\"; sign with the key of {2}, or as an admin"),
  TASK_IS_FINALISED(
      "TaskIsFinalised(string)",
      "task \"{0}\" is finalised and stays as it is; create a task with another name"),
  TASK_NOT_FINALISED(
      "TaskNotFinalised(string)", "task \"{0}\" is not finalised; finalise it first"),
  BODY_CHANGED(
      "BodyChanged(string)",
      "the body of task \"{0}\" was written to while it was being finalised; read it and finalise"
          + " again"),
  LINE_GAP(
      "LineGap(string,uint256,uint256)",
      "line {1} of task \"{0}\" would leave a gap; the body has {2} lines: write from 1 to the line"
          + " after the last"),
  NOTHING_TO_RUN(
      "NothingToRun(string)",
      "task \"{0}\" does nothing; name a task of another type than ROOT_TASK"),
  TASKRUNNER_EXISTS(
      "TaskrunnerExists(string)",
      "there is a taskrunner \"{0}\" already; use it, or choose another name"),
  UNKNOWN_TASKRUNNER(
      "UnknownTaskrunner(string)", "there is no taskrunner \"{0}\"; list them, or create it"),
  TASKRUNNER_BUSY(
      "TaskrunnerBusy(string,string,uint64,uint64)",
      "taskrunner {0} is running task {1} (run {2}) since {3:time}; wait, or RESET TASKRUNNER {0}"),
  RUN_IS_OVER(
      "RunIsOver(string,uint64,uint64)",
      "run {1} of taskrunner {0} is not the present one, which is {2} (0: none); stop what belongs"
          + " to it"),
  NOT_REGISTERED(
      "NotRegistered(string,address)",
      "{1} is no agent of taskrunner {0}; start its agent, whose profile names the taskrunner"),
  NOT_CALLED(
      "NotCalled(string,address,uint64)",
      "{1} is not called in run {2} of taskrunner {0}: it has enrolled, the run is complete or has"
          + " failed, or others are the target; assign the task to it as target"),
  NOT_ENROLLED(
      "NotEnrolled(string,address,uint64)",
      "{1} has not enrolled in run {2} of taskrunner {0}; enrol first"),
  PEER_FINISHED(
      "PeerFinished(string,uint256,uint8)",
      "peer {1} of this agent has ended its part in the run of taskrunner {0} with {2:peer}; assign"
          + " the task to the agent again as target"),
  TOO_MANY_AGENTS(
      "TooManyAgents(string,uint256)",
      "taskrunner {0} has had {1} agents, the most there can be; create another taskrunner");

  private static final int SELECTOR_DIGITS = 8;

  private final String selector;
  private final String solidityName;
  private final String types;
  private final String template;

  ContractError(String signature, String template) {
    this(signature, signature, template);
  }

  ContractError(String flatSignature, String signature, String template) {
    int open = flatSignature.indexOf('(');
    this.solidityName = flatSignature.substring(0, open);
    this.types = flatSignature.substring(open + 1, flatSignature.length() - 1);
    this.selector =
        Numeric.toHexStringNoPrefix(Hash.sha3(signature.getBytes(UTF_8)))
            .substring(0, SELECTOR_DIGITS);
    this.template = template;
  }

  /**
   * The error with this selector, its first four bytes as 8 hex digits; null when it is not ours.
   */
  static @Nullable ContractError ofSelector(String selector) {
    for (ContractError error : values()) {
      if (error.selector.equalsIgnoreCase(selector)) {
        return error;
      }
    }
    return null;
  }

  /**
   * The error with this name in the Solidity sources.
   *
   * @throws IllegalArgumentException when there is none
   */
  static ContractError named(String solidityName) {
    return Arrays.stream(values())
        .filter(error -> error.solidityName.equals(solidityName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no smart contract has " + solidityName));
  }

  String selector() {
    return selector;
  }

  String solidityName() {
    return solidityName;
  }

  @SuppressWarnings("rawtypes") // the type that web3j's decoder takes
  List<TypeReference<Type>> parameters() {
    return Arrays.stream(types.split(",", -1)).map(ContractError::reference).toList();
  }

  String sentence(List<String> arguments) {
    String sentence = template;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      sentence = sentence.replace("{" + i + "}", argument);
      String roles = "{" + i + ":roles}";
      if (sentence.contains(roles)) {
        sentence = sentence.replace(roles, Role.text(argument));
      }
      String status = "{" + i + ":status}";
      if (sentence.contains(status)) {
        sentence = sentence.replace(status, MemberStatus.text(argument));
      }
      String time = "{" + i + ":time}";
      if (sentence.contains(time)) {
        sentence = sentence.replace(time, time(argument));
      }
      String peer = "{" + i + ":peer}";
      if (sentence.contains(peer)) {
        sentence = sentence.replace(peer, TaskCodes.peerState(argument));
      }
    }
    return sentence;
  }

  private static String time(String seconds) {
    return seconds.matches("[0-9]{1,12}")
        ? Instant.ofEpochSecond(Long.parseLong(seconds)).toString()
        : seconds;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // web3j returns raw types
  private static TypeReference<Type> reference(String type) {
    try {
      return TypeReference.makeTypeReference(type);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("web3j knows no Solidity type " + type, e);
    }
  }
}
