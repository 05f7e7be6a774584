// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISwarmMembers} from "./ISwarmMembers.sol";

/// @title Members, their roles and status, and the votes of admins
abstract contract MemberRegistry is ISwarmMembers {
    uint32 internal constant ADMIN = 1;
    uint32 internal constant OWNER = 2;
    uint32 internal constant NETWORK = 32;
    uint32 internal constant ALL_ROLES = 127;
    uint256 internal constant MAX_NAME_BYTES = 64;
    uint256 private constant VOTE_LIFETIME = 30 days;

    struct Vote {
        uint256 startedAt;
        address[] admins;
    }

    address[] internal accounts;
    mapping(address account => Member) internal registry;
    mapping(bytes32 nameHash => address) internal accountOfName;
    mapping(bytes32 keyHash => address) internal accountOfKey;
    mapping(bytes32 spiffeIdHash => address) internal accountOfSpiffeId;

    uint256 private activeAdmins;
    mapping(bytes32 callHash => Vote) private votes;

    /// @inheritdoc ISwarmMembers
    uint8 public threshold = 1;
    /// @inheritdoc ISwarmMembers
    mapping(address account => address) public successorOf;

    /// @inheritdoc ISwarmMembers
    function approve(address account) external {
        Member storage member = adminsMember(account, Status.PENDING);
        if (!isAgreed(member.roles)) return;
        change(member, Status.ACTIVE, member.roles);
        emit MemberApproved(account, member.name);
    }

    /// @inheritdoc ISwarmMembers
    function suspend(address account) external {
        Member storage member = adminsMember(account, Status.ACTIVE);
        if (!isAgreed(member.roles)) return;
        change(member, Status.SUSPENDED, member.roles);
        emit MemberSuspended(account, member.name);
    }

    /// @inheritdoc ISwarmMembers
    function resume(address account) external {
        Member storage member = adminsMember(account, Status.SUSPENDED);
        if (!isAgreed(member.roles)) return;
        change(member, Status.ACTIVE, member.roles);
        emit MemberResumed(account, member.name);
    }

    /// @inheritdoc ISwarmMembers
    function remove(address account) external {
        requireRole(ADMIN);
        Member storage member = present(account);
        if (!isAgreed(member.roles)) return;
        end(member);
        emit MemberRemoved(account, member.name);
    }

    /// @inheritdoc ISwarmMembers
    function setRoles(address account, uint32 roles) external {
        requireRole(ADMIN);
        Member storage member = present(account);
        requireKnown(roles);
        uint32 previous = member.roles;
        if (!isAgreed(previous | roles)) return;
        change(member, member.status, roles);
        emit RolesChanged(account, member.name, previous, roles);
    }

    /// @inheritdoc ISwarmMembers
    function resign() external {
        Member storage member = present(msg.sender);
        end(member);
        emit MemberLeft(msg.sender, member.name);
    }

    /// @inheritdoc ISwarmMembers
    function setThreshold(uint8 threshold_) external {
        requireRole(ADMIN);
        if (threshold_ == 0) revert NumberOutOfRange("threshold", 0, 1, activeAdmins);
        if (threshold_ > activeAdmins) revert TooFewAdmins(activeAdmins, threshold_);
        if (!isAgreed(ADMIN)) return;
        emit ThresholdChanged(threshold, threshold_);
        threshold = threshold_;
    }

    /// @inheritdoc ISwarmMembers
    function hasRole(address account, uint32 roles) public view returns (bool) {
        Member storage member = registry[account];
        return member.status == Status.ACTIVE && member.roles & roles != 0;
    }

    /// @inheritdoc ISwarmMembers
    function memberOf(address account) public view returns (Member memory) {
        return registry[account];
    }

    /// @inheritdoc ISwarmMembers
    function memberByName(string calldata name) external view returns (Member memory) {
        return memberOf(accountOfName[keccak256(bytes(name))]);
    }

    /// @inheritdoc ISwarmMembers
    function memberByKey(bytes32 keyHash) external view returns (Member memory) {
        return memberOf(accountOfKey[keyHash]);
    }

    /// @inheritdoc ISwarmMembers
    function memberBySpiffeId(string calldata spiffeId) external view returns (Member memory) {
        return memberOf(accountOfSpiffeId[keccak256(bytes(spiffeId))]);
    }

    /// @inheritdoc ISwarmMembers
    function members(uint256 from, uint256 count) external view returns (Member[] memory page) {
        page = new Member[](pageSize(accounts.length, from, count));
        for (uint256 i = 0; i < page.length; i++) {
            page[i] = memberOf(accounts[from + i]);
        }
    }

    /// @inheritdoc ISwarmMembers
    function votersFor(bytes32 callHash) external view returns (address[] memory) {
        return votes[callHash].admins;
    }

    /// Whether enough admins have sent this very call. Counts the caller's vote.
    /// @param roles Those of the member that the call is about.
    function isAgreed(uint32 roles) internal returns (bool) {
        if (threshold == 1 || roles & (ADMIN | NETWORK) == 0) return true;
        bytes32 callHash = keccak256(msg.data);
        Vote storage vote = votes[callHash];
        if (block.timestamp > vote.startedAt + VOTE_LIFETIME) {
            delete vote.admins;
            vote.startedAt = block.timestamp;
        }
        uint256 count = 1;
        for (uint256 i = 0; i < vote.admins.length; i++) {
            if (vote.admins[i] == msg.sender) revert AlreadyVoted(callHash, msg.sender);
            if (hasRole(vote.admins[i], ADMIN)) count++;
        }
        if (count >= threshold) {
            delete votes[callHash];
            return true;
        }
        vote.admins.push(msg.sender);
        emit VoteCast(callHash, msg.sender, count, threshold, msg.data);
        return false;
    }

    /// The one place where status and roles change: it keeps enough admins.
    function change(Member storage member, Status status, uint32 roles) internal {
        bool was = member.status == Status.ACTIVE && member.roles & ADMIN != 0;
        bool is_ = status == Status.ACTIVE && roles & ADMIN != 0;
        member.status = status;
        member.roles = roles;
        if (is_ && !was) activeAdmins++;
        if (was && !is_) {
            activeAdmins--;
            if (activeAdmins < threshold) revert TooFewAdmins(activeAdmins, threshold);
        }
    }

    function end(Member storage member) private {
        change(member, Status.REMOVED, member.roles);
        delete accountOfName[keccak256(bytes(member.name))];
        unbind(member);
    }

    /// The key is nobody's afterwards.
    function unbind(Member storage member) internal {
        delete accountOfKey[member.keyHash];
        delete accountOfSpiffeId[keccak256(bytes(member.spiffeId))];
        delete member.keyHash;
        delete member.spiffeId;
    }

    /// The account that a membership is at now, after all its moves.
    function presentAccount(address account) internal view returns (address) {
        while (successorOf[account] != address(0)) account = successorOf[account];
        return account;
    }

    function adminsMember(address account, Status status) private view returns (Member storage member) {
        requireRole(ADMIN);
        member = present(account);
        if (member.status != status) revert WrongStatus(account, member.status);
    }

    function present(address account) internal view returns (Member storage member) {
        member = registry[account];
        if (member.status == Status.NONE || member.status == Status.REMOVED) revert UnknownMember(account);
    }

    function requireRole(uint32 roles) internal view {
        if (!hasRole(msg.sender, roles)) revert MissingRole(msg.sender, roles);
    }

    function requireKnown(uint32 roles) internal pure {
        if (roles == 0 || roles > ALL_ROLES) revert UnknownRoles(roles);
    }

    function requireLength(string memory what, uint256 length, uint256 min, uint256 max) internal pure {
        if (length < min || length > max) revert LengthOutOfRange(what, length, max);
    }

    function pageSize(uint256 length, uint256 from, uint256 count) internal pure returns (uint256) {
        uint256 rest = from < length ? length - from : 0;
        return count < rest ? count : rest;
    }
}
