// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISwarmMembers} from "./ISwarmMembers.sol";
import {ITrainingContracts} from "./ITrainingContracts.sol";

/// @title The registry of training contracts
/// @dev The limits are those of the readers: signed 32 and 64 bit integers, and names that fit a topic's.
contract TrainingContracts is ITrainingContracts {
    uint256 private constant MAX_NAME_BYTES = 200;
    uint256 private constant MAX_METHOD_BYTES = 32;
    uint256 private constant MAX_ENCODING_BYTES = 32;
    uint256 private constant MAX_ADAPTIVE_INTERVAL = 1_000_000;
    uint256 private constant MAX_LIMITS_BYTES = 64;
    uint256 private constant MAX_PAYLOAD_HASH_BYTES = 32;
    uint256 private constant MAX_OPTIMIZER_BYTES = 96;
    uint256 private constant MAX_PRIVACY_BYTES = 128;
    uint256 private constant MAX_SITE_NAME_BYTES = 64;
    /// Keeps sitesOf within the gas that nodes grant a view.
    uint256 private constant MAX_SITES = 1000;
    uint256 private constant MAX_INT32 = uint256(uint32(type(int32).max));
    uint256 private constant MAX_INT64 = uint256(uint64(type(int64).max));

    uint32 private constant ADMIN = 1;
    uint32 private constant OWNER = 2;

    struct Training {
        string name;
        address owner;
        address coordinator;
        address ownerCandidate;
        address coordinatorCandidate;
        uint256 creationBlock;
        Terms terms;
        Site[] sites;
        CoordinatorTerm[] coordinators;
        /// Place in `sites` plus one; 0: not enrolled.
        mapping(address account => uint256) placeOf;
        mapping(bytes32 siteNameHash => bool) isNameTaken;
    }

    /// @notice Who may create contracts and, beside owners, enrol sites; zero: anybody creates, owners alone enrol.
    ISwarmMembers public immutable members;

    bytes32[] private ids;
    mapping(bytes32 id => Training) private trainings;

    constructor(ISwarmMembers members_) {
        members = members_;
    }

    /// @inheritdoc ITrainingContracts
    function createContract(string calldata name, address coordinator, Terms calldata terms, string calldata layoutText)
        external
        returns (bytes32 id)
    {
        requireOwnerRole();
        requireLength("name", bytes(name).length, MAX_NAME_BYTES);
        requireAddress("coordinator", coordinator);
        requireTerms(terms, layoutText);
        id = keccak256(bytes(name));
        Training storage training = trainings[id];
        if (training.owner != address(0)) revert ContractAlreadyExists(id, name, training.owner);

        training.name = name;
        training.owner = msg.sender;
        appoint(training, coordinator);
        training.creationBlock = block.number;
        training.terms = terms;
        ids.push(id);
        emitCreated(id, training, terms, layoutText);
    }

    /// @inheritdoc ITrainingContracts
    function enrolSite(bytes32 id, address account, string calldata siteName, uint32 maxWeight) external {
        Training storage training = managedTraining(id);
        requireAddress("account", account);
        requireLength("siteName", bytes(siteName).length, MAX_SITE_NAME_BYTES);
        requireNumber("maxWeight", maxWeight, 1, MAX_INT32);
        if (training.placeOf[account] != 0) revert SiteAlreadyEnrolled(id, account);
        bytes32 nameHash = keccak256(bytes(siteName));
        if (training.isNameTaken[nameHash]) revert SiteNameTaken(id, siteName);
        if (training.sites.length >= MAX_SITES) revert TooManySites(id, MAX_SITES);

        training.sites.push(Site(account, maxWeight, siteName));
        training.placeOf[account] = training.sites.length;
        training.isNameTaken[nameHash] = true;
        emit SiteEnrolled(id, account, training.name, siteName, maxWeight);
    }

    /// @inheritdoc ITrainingContracts
    function removeSite(bytes32 id, address account) external {
        Training storage training = managedTraining(id);
        uint256 place = placeOf(id, training, account);

        string memory siteName = training.sites[place - 1].name;
        // The last site moves into the gap: removal costs the same however many there are.
        Site memory last = training.sites[training.sites.length - 1];
        training.sites[place - 1] = last;
        training.placeOf[last.account] = place;
        training.sites.pop();
        delete training.placeOf[account];
        delete training.isNameTaken[keccak256(bytes(siteName))];
        emit SiteRemoved(id, account, training.name, siteName);
    }

    /// @inheritdoc ITrainingContracts
    function rotateSite(bytes32 id, address previousAccount, address account) external {
        Training storage training = knownTraining(id);
        requireAddress("account", account);
        if (!mayManage(training)) {
            // Both accounts have signed the move of the membership; who tells this contract does not matter.
            bool isMoved = address(members) != address(0) && members.successorOf(previousAccount) == account;
            if (!isMoved) revert NotSuccessor(previousAccount, account);
        }
        uint256 place = placeOf(id, training, previousAccount);
        if (training.placeOf[account] != 0) revert SiteAlreadyEnrolled(id, account);

        Site storage site = training.sites[place - 1];
        site.account = account;
        delete training.placeOf[previousAccount];
        training.placeOf[account] = place;
        emit SiteRemoved(id, previousAccount, training.name, site.name);
        emit SiteEnrolled(id, account, training.name, site.name, site.maxWeight);
    }

    /// @inheritdoc ITrainingContracts
    function offerOwnership(bytes32 id, address candidate) external {
        Training storage training = managedTraining(id);
        training.ownerCandidate = candidate;
        emit OwnershipOffered(id, candidate, training.name);
    }

    /// @inheritdoc ITrainingContracts
    function acceptOwnership(bytes32 id) external {
        Training storage training = knownTraining(id);
        if (training.ownerCandidate != msg.sender) revert NotOffered(id, msg.sender, training.ownerCandidate);
        requireOwnerRole();
        emit OwnershipAccepted(id, training.owner, msg.sender, training.name);
        training.owner = msg.sender;
        delete training.ownerCandidate;
    }

    /// @inheritdoc ITrainingContracts
    function offerCoordinator(bytes32 id, address candidate) external {
        Training storage training = knownTraining(id);
        if (!mayOwn(training)) revert NotOwner(id, msg.sender, training.owner);
        training.coordinatorCandidate = candidate;
        emit CoordinatorOffered(id, candidate, training.name);
    }

    /// @inheritdoc ITrainingContracts
    function acceptCoordinator(bytes32 id) external {
        Training storage training = knownTraining(id);
        address candidate = training.coordinatorCandidate;
        if (candidate != msg.sender) revert NotOffered(id, msg.sender, candidate);
        emit CoordinatorAccepted(id, training.coordinator, candidate, training.name);
        appoint(training, candidate);
        delete training.coordinatorCandidate;
    }

    /// @inheritdoc ITrainingContracts
    function contractCount() external view returns (uint256) {
        return ids.length;
    }

    /// @inheritdoc ITrainingContracts
    function contractNames(uint256 from, uint256 count) external view returns (string[] memory names) {
        uint256 rest = from < ids.length ? ids.length - from : 0;
        names = new string[](count < rest ? count : rest);
        for (uint256 i = 0; i < names.length; i++) {
            names[i] = trainings[ids[from + i]].name;
        }
    }

    /// @inheritdoc ITrainingContracts
    function termsOf(bytes32 id) external view returns (Terms memory) {
        return knownTraining(id).terms;
    }

    /// @inheritdoc ITrainingContracts
    function nameOf(bytes32 id) external view returns (string memory) {
        return knownTraining(id).name;
    }

    /// @inheritdoc ITrainingContracts
    function ownerOf(bytes32 id) external view returns (address) {
        return knownTraining(id).owner;
    }

    /// @inheritdoc ITrainingContracts
    function coordinatorOf(bytes32 id) external view returns (address) {
        return knownTraining(id).coordinator;
    }

    /// @inheritdoc ITrainingContracts
    function coordinatorsOf(bytes32 id) external view returns (CoordinatorTerm[] memory) {
        return knownTraining(id).coordinators;
    }

    /// @inheritdoc ITrainingContracts
    function candidatesOf(bytes32 id) external view returns (address owner, address coordinator) {
        Training storage training = knownTraining(id);
        return (training.ownerCandidate, training.coordinatorCandidate);
    }

    /// @inheritdoc ITrainingContracts
    function creationBlockOf(bytes32 id) external view returns (uint256) {
        return knownTraining(id).creationBlock;
    }

    /// @inheritdoc ITrainingContracts
    function sitesOf(bytes32 id) external view returns (Site[] memory) {
        return knownTraining(id).sites;
    }

    /// Its own function because the event's many values do not fit the stack of another.
    /// For the same reason the layout is in memory: a text in calldata takes two places.
    function emitCreated(bytes32 id, Training storage training, Terms memory terms, string memory layoutText) private {
        emit ContractCreated(
            id,
            training.owner,
            training.coordinator,
            training.name,
            terms.method,
            terms.minPeers,
            terms.gracePeriodMs,
            terms.parameterCount,
            terms.chunkValues,
            terms.encoding,
            terms.adaptiveInterval,
            terms.layoutHash,
            terms.limits,
            terms.payloadHash,
            terms.optimizer,
            terms.privacy,
            layoutText
        );
    }

    function knownTraining(bytes32 id) private view returns (Training storage training) {
        training = trainings[id];
        if (training.owner == address(0)) revert UnknownContract(id);
    }

    function managedTraining(bytes32 id) private view returns (Training storage training) {
        training = knownTraining(id);
        if (!mayManage(training)) revert NotOwner(id, msg.sender, training.owner);
    }

    function mayManage(Training storage training) private view returns (bool) {
        return mayOwn(training) || (address(members) != address(0) && members.hasRole(msg.sender, ADMIN));
    }

    /// An owner that was suspended or lost the role may do nothing.
    function mayOwn(Training storage training) private view returns (bool) {
        return training.owner == msg.sender && (address(members) == address(0) || members.hasRole(msg.sender, OWNER));
    }

    function requireOwnerRole() private view {
        bool isMember = address(members) == address(0) || members.hasRole(msg.sender, OWNER);
        if (!isMember) revert MissingRole(msg.sender, OWNER);
    }

    function appoint(Training storage training, address coordinator) private {
        training.coordinator = coordinator;
        training.coordinators.push(CoordinatorTerm(coordinator, uint64(block.number)));
    }

    function placeOf(bytes32 id, Training storage training, address account) private view returns (uint256 place) {
        place = training.placeOf[account];
        if (place == 0) revert SiteNotEnrolled(id, account);
    }

    function requireTerms(Terms calldata terms, string calldata layoutText) private pure {
        requireLength("method", bytes(terms.method).length, MAX_METHOD_BYTES);
        requireNumber("minPeers", terms.minPeers, 1, MAX_INT32);
        requireNumber("gracePeriodMs", terms.gracePeriodMs, 0, MAX_INT64);
        requireNumber("parameterCount", terms.parameterCount, 1, MAX_INT64);
        requireNumber("chunkValues", terms.chunkValues, 1, MAX_INT32);
        requireLength("encoding", bytes(terms.encoding).length, MAX_ENCODING_BYTES);
        requireNumber("adaptiveInterval", terms.adaptiveInterval, 0, MAX_ADAPTIVE_INTERVAL);
        uint256 limits = bytes(terms.limits).length;
        if (limits > MAX_LIMITS_BYTES) revert LengthOutOfRange("limits", limits, MAX_LIMITS_BYTES);
        requireLength("payloadHash", bytes(terms.payloadHash).length, MAX_PAYLOAD_HASH_BYTES);
        uint256 optimizer = bytes(terms.optimizer).length;
        if (optimizer > MAX_OPTIMIZER_BYTES) revert LengthOutOfRange("optimizer", optimizer, MAX_OPTIMIZER_BYTES);
        uint256 privacy = bytes(terms.privacy).length;
        if (privacy > MAX_PRIVACY_BYTES) revert LengthOutOfRange("privacy", privacy, MAX_PRIVACY_BYTES);
        bytes32 actual = sha256(bytes(layoutText));
        // An empty text is one that is too long to stand here: sites then compare hashes.
        if (bytes(layoutText).length != 0 && terms.layoutHash != actual) {
            revert LayoutMismatch(terms.layoutHash, actual);
        }
    }

    function requireAddress(string memory what, address account) private pure {
        if (account == address(0)) revert ZeroAddress(what);
    }

    function requireLength(string memory what, uint256 length, uint256 max) private pure {
        if (length == 0 || length > max) revert LengthOutOfRange(what, length, max);
    }

    function requireNumber(string memory what, uint256 value, uint256 min, uint256 max) private pure {
        if (value < min || value > max) revert NumberOutOfRange(what, value, min, max);
    }
}
