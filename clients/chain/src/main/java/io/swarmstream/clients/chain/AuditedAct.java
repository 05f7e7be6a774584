package io.swarmstream.clients.chain;

import static java.util.stream.Collectors.toMap;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.tx.Contract;
import org.web3j.utils.Numeric;

/**
 * The events of SwarmMembers, TrainingContracts and TaskBoard, each with the sentence that it
 * tells.
 */
enum AuditedAct {
  MEMBER_INVITED(
      "MemberInvited(bytes32 indexed tokenHash,string name,string organisation,uint32 roles,"
          + "string contractName,uint32 maxWeight,uint64 expiresAt,bool needsApproval)",
      "invited {name} of {organisation} as {roles}"),
  INVITATION_CANCELLED(
      "InvitationCancelled(bytes32 indexed tokenHash,string name)",
      "cancelled the invitation of {name}"),
  MEMBER_ADMITTED(
      "MemberAdmitted(address indexed account,bytes32 indexed tokenHash,string name,"
          + "string organisation,uint32 roles,uint8 status)",
      "admitted {name} of {organisation} as {roles} ({status})"),
  MEMBER_APPROVED("MemberApproved(address indexed account,string name)", "approved {name}"),
  MEMBER_SUSPENDED("MemberSuspended(address indexed account,string name)", "suspended {name}"),
  MEMBER_RESUMED("MemberResumed(address indexed account,string name)", "resumed {name}"),
  MEMBER_REMOVED("MemberRemoved(address indexed account,string name)", "removed {name}"),
  MEMBER_LEFT("MemberLeft(address indexed account,string name)", "left the swarm as {name}"),
  ROLES_CHANGED(
      "RolesChanged(address indexed account,string name,uint32 previousRoles,uint32 roles)",
      "changed the roles of {name} from {previousRoles} to {roles}"),
  KEY_BOUND(
      "KeyBound(address indexed account,string name,bytes32 keyHash,string spiffeId)",
      "bound key {keyHash}{spiffeId} to {name}"),
  KEY_REVOKED(
      "KeyRevoked(bytes32 indexed keyHash,address indexed account)", "revoked key {keyHash}"),
  ACCOUNT_ROTATED(
      "AccountRotated(address indexed previousAccount,address indexed account,string name)",
      "moved the membership of {name} from {previousAccount} to {account}"),
  THRESHOLD_CHANGED(
      "ThresholdChanged(uint8 previousThreshold,uint8 threshold)",
      "changed the admins who have to agree from {previousThreshold} to {threshold}"),
  VOTE_CAST(
      "VoteCast(bytes32 indexed callHash,address indexed admin,uint256 votes,uint256 needed,"
          + "bytes call)",
      "agreed to call {callHash} ({votes} of {needed} admins)"),
  AUTHORITY_ADDED(
      "AuthorityAdded(bytes32 indexed hash,string organisation)",
      "added certificate authority {hash} of {organisation}"),
  AUTHORITY_REVOKED(
      "AuthorityRevoked(bytes32 indexed hash,string organisation)",
      "revoked certificate authority {hash} of {organisation}"),
  NODE_ANNOUNCED(
      "NodeAnnounced(address indexed account,string kind,string url,string enode,address sealer,"
          + "string version)",
      "announced the {kind} node {url}"),
  DRAFT_SET("DraftSet(bytes32 indexed id,string name)", "wrote the draft {name}"),
  CONTRACT_RESET(
      "ContractReset(bytes32 indexed id,string name,uint32 generation)",
      "reset {name} to generation {generation}"),
  CONTRACT_CREATED(
      "ContractCreated(bytes32 indexed id,address indexed owner,address indexed coordinator,"
          + "string name,string method,uint32 minPeers,uint64 gracePeriodMs,uint64 parameterCount,"
          + "uint32 chunkValues,string encoding,uint32 adaptiveInterval,bytes32 layoutHash,"
          + "string limits,string payloadHash,string optimizer,string privacy,string layoutText)",
      "created contract {name} with coordinator {coordinator}"),
  SITE_ENROLLED(
      "SiteEnrolled(bytes32 indexed id,address indexed account,string contractName,"
          + "string siteName,uint32 maxWeight)",
      "enrolled site {siteName} ({account}) in contract {contractName}"),
  SITE_REMOVED(
      "SiteRemoved(bytes32 indexed id,address indexed account,string contractName,"
          + "string siteName)",
      "removed site {siteName} ({account}) from contract {contractName}"),
  OWNERSHIP_OFFERED(
      "OwnershipOffered(bytes32 indexed id,address indexed candidate,string contractName)",
      "offered the ownership of contract {contractName} to {candidate}"),
  OWNERSHIP_ACCEPTED(
      "OwnershipAccepted(bytes32 indexed id,address indexed previousOwner,"
          + "address indexed owner,string contractName)",
      "accepted the ownership of contract {contractName} from {previousOwner}"),
  COORDINATOR_OFFERED(
      "CoordinatorOffered(bytes32 indexed id,address indexed candidate,string contractName)",
      "offered the coordination of contract {contractName} to {candidate}"),
  COORDINATOR_ACCEPTED(
      "CoordinatorAccepted(bytes32 indexed id,address indexed previousCoordinator,"
          + "address indexed coordinator,string contractName)",
      "accepted the coordination of contract {contractName} from {previousCoordinator}"),
  TASK_CREATED(
      "TaskCreated(uint256 indexed id,string name,uint8 taskType,string author,"
          + "string prerequisite,string outcome)",
      "created task {name} ({taskType}) by {author}"),
  TASK_BODY_CHANGED(
      "TaskBodyChanged(uint256 indexed id,string name,uint32 from,uint32 count)",
      "wrote {count} lines of task {name}, from line {from}"),
  TASK_FINALISED(
      "TaskFinalised(uint256 indexed id,string name,bytes32 bodyHash,uint32 bodyLines)",
      "finalised task {name} with {bodyLines} lines and hash {bodyHash}"),
  TASK_DELETED("TaskDeleted(uint256 indexed id,string name)", "deleted task {name}"),
  TASKRUNNER_CREATED(
      "TaskrunnerCreated(uint256 indexed runner,string name)", "created taskrunner {name}"),
  TASK_ASSIGNED(
      "TaskAssigned(uint256 indexed runner,uint64 indexed run,string taskrunner,string task,"
          + "uint32 required,bool isForAll)",
      "assigned task {task} to taskrunner {taskrunner} (run {run}, {required} peers)"),
  AGENT_TARGETED(
      "AgentTargeted(uint256 indexed runner,uint64 indexed run,address indexed agent,"
          + "string taskrunner,string task,uint32 attempt)",
      "called {agent} to task {task} of taskrunner {taskrunner} (run {run}, attempt {attempt})"),
  TASKRUNNER_RESET(
      "TaskrunnerReset(uint256 indexed runner,uint64 indexed run,string taskrunner)",
      "reset taskrunner {taskrunner} after run {run}"),
  AGENT_REGISTERED(
      "AgentRegistered(uint256 indexed runner,address indexed agent,string taskrunner,"
          + "uint32 sites)",
      "registered with taskrunner {taskrunner} for {sites} sites"),
  AGENT_ENROLLED(
      "AgentEnrolled(uint256 indexed runner,uint64 indexed run,address indexed agent,"
          + "string taskrunner,uint32 attempt,uint32 peers)",
      "enrolled in run {run} of taskrunner {taskrunner} with {peers} peers (attempt {attempt})"),
  PEER_REPORTED(
      "PeerReported(uint256 indexed runner,uint64 indexed run,address indexed agent,"
          + "string taskrunner,uint32 index,string uid,uint8 peerState)",
      "reported peer {index} {uid} in run {run} of taskrunner {taskrunner}: {peerState}");

  /** Longest value in details; layouts and calls are longer and stand in the log itself. */
  private static final int LONGEST_VALUE = 1024;

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  /** Members write names; a terminal must not obey them. */
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private static final Map<String, AuditedAct> BY_TOPIC =
      Arrays.stream(values()).collect(toMap(act -> act.topic, Function.identity()));

  private final String act;
  private final String sentence;

  @SuppressWarnings("ImmutableEnumChecker") // written once
  private final List<String> names = new ArrayList<>();

  @SuppressWarnings("ImmutableEnumChecker") // web3j's type has no setters
  private final Event event;

  private final String topic;

  AuditedAct(String declaration, String sentence) {
    int open = declaration.indexOf('(');
    this.act = declaration.substring(0, open);
    this.sentence = sentence;
    List<TypeReference<?>> types = new ArrayList<>();
    String parameters = declaration.substring(open + 1, declaration.length() - 1);
    for (String parameter : parameters.split(",", -1)) {
      String[] words = parameter.split(" ", -1);
      names.add(words[words.length - 1]);
      types.add(reference(words[0], words.length > 2));
    }
    this.event = new Event(act, types);
    this.topic = EventEncoder.encode(event);
  }

  /** Topics of all acts: other events only carry long texts. */
  static String[] topics() {
    return Arrays.stream(values()).map(AuditedAct::topic).toArray(String[]::new);
  }

  /** The act of a log; null when it is none of these. */
  static @Nullable AuditedAct of(Log log) {
    return log.getTopics().isEmpty() ? null : BY_TOPIC.get(log.getTopics().get(0));
  }

  String act() {
    return act;
  }

  String topic() {
    return topic;
  }

  /** The values of a log by their name, as people read them. */
  Map<String, String> details(Log log) {
    var values = Contract.staticExtractEventParameters(event, log);
    var indexed = values.getIndexedValues().iterator();
    var others = values.getNonIndexedValues().iterator();
    Map<String, String> details = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Type<?> value = event.getParameters().get(i).isIndexed() ? indexed.next() : others.next();
      details.put(names.get(i), shortened(text(names.get(i), value.getValue())));
    }
    return details;
  }

  String sentence(Map<String, String> details) {
    return PLACE
        .matcher(sentence)
        .replaceAll(
            place -> Matcher.quoteReplacement(details.getOrDefault(place.group(1), place.group())));
  }

  private static String text(String name, Object value) {
    if (value instanceof byte[] bytes) {
      return Numeric.toHexStringNoPrefix(bytes);
    }
    String text = String.valueOf(value);
    if (value instanceof BigInteger number && name.toLowerCase(Locale.ROOT).endsWith("roles")) {
      return String.join(
          ", ", Role.ofMask(number.intValueExact()).stream().map(Role::code).toList());
    }
    return switch (name) {
      case "status" -> MemberStatus.text(text);
      case "taskType" -> TaskCodes.taskType(text);
      case "peerState" -> TaskCodes.peerState(text);
      default -> text;
    };
  }

  private static String shortened(String text) {
    String shown = CONTROL.matcher(text).replaceAll("?");
    return shown.length() <= LONGEST_VALUE ? shown : shown.substring(0, LONGEST_VALUE) + "...";
  }

  private static TypeReference<?> reference(String type, boolean isIndexed) {
    try {
      return TypeReference.makeTypeReference(type, isIndexed, false);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("web3j knows no Solidity type " + type, e);
    }
  }
}
