// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISwarmMembers} from "./ISwarmMembers.sol";
import {MemberKeys} from "./MemberKeys.sol";
import {SwarmDirectory} from "./SwarmDirectory.sol";

/// @title Invitations, and how members come in by them
abstract contract MemberInvitations is MemberKeys, SwarmDirectory {
    uint256 private constant MAX_CONTRACT_NAME_BYTES = 200;
    uint256 private constant MAX_INT32 = uint256(uint32(type(int32).max));

    bytes32[] private tokenHashes;
    mapping(bytes32 tokenHash => Invitation) private invited;

    /// @inheritdoc ISwarmMembers
    function invite(Offer calldata offer) external {
        requireRole(ADMIN);
        if (offer.tokenHash == 0) revert ZeroHash("tokenHash");
        requireLength("name", bytes(offer.name).length, 1, MAX_NAME_BYTES);
        requireLength("organisation", bytes(offer.organisation).length, 1, MAX_NAME_BYTES);
        requireLength("contractName", bytes(offer.contractName).length, 0, MAX_CONTRACT_NAME_BYTES);
        requireKnown(offer.roles);
        if (offer.maxWeight > MAX_INT32) revert NumberOutOfRange("maxWeight", offer.maxWeight, 0, MAX_INT32);
        requireFuture(offer.tokenHash, offer.expiresAt);
        requireFree(offer.name);
        Invitation storage invitation = invited[offer.tokenHash];
        if (invitation.invitedBy != address(0)) revert InvitationExists(offer.tokenHash);
        if (!isAgreed(offer.roles)) return;

        invitation.offer = offer;
        invitation.invitedBy = msg.sender;
        tokenHashes.push(offer.tokenHash);
        emit MemberInvited(
            offer.tokenHash,
            offer.name,
            offer.organisation,
            offer.roles,
            offer.contractName,
            offer.maxWeight,
            offer.expiresAt,
            offer.needsApproval
        );
    }

    /// @inheritdoc ISwarmMembers
    function cancelInvitation(bytes32 tokenHash) external {
        requireRole(ADMIN);
        Invitation storage invitation = open(tokenHash);
        invitation.isCancelled = true;
        emit InvitationCancelled(tokenHash, invitation.offer.name);
    }

    /// @inheritdoc ISwarmMembers
    function admit(string calldata token, Binding calldata binding, bytes calldata authority) external {
        requireRole(ADMIN | NETWORK);
        bytes32 tokenHash = keccak256(bytes(token));
        Invitation storage invitation = open(tokenHash);
        Offer storage offer = invitation.offer;
        requireFuture(tokenHash, offer.expiresAt);
        requireFree(offer.name);
        Member storage member = newMember(binding.account);

        invitation.account = binding.account;
        member.name = offer.name;
        member.organisation = offer.organisation;
        member.invitation = tokenHash;
        accountOfName[keccak256(bytes(offer.name))] = binding.account;
        change(member, offer.needsApproval ? Status.PENDING : Status.ACTIVE, offer.roles);
        emit MemberAdmitted(
            binding.account, tokenHash, offer.name, offer.organisation, offer.roles, member.status
        );
        bind(member, binding);
        if (authority.length != 0) {
            if (offer.roles & NETWORK == 0) revert MissingRole(binding.account, NETWORK);
            trust(offer.organisation, authority);
        }
    }

    /// @inheritdoc ISwarmMembers
    function invitationOf(bytes32 tokenHash) public view returns (Invitation memory) {
        return invited[tokenHash];
    }

    /// @inheritdoc ISwarmMembers
    function invitations(uint256 from, uint256 count) external view returns (Invitation[] memory page) {
        page = new Invitation[](pageSize(tokenHashes.length, from, count));
        for (uint256 i = 0; i < page.length; i++) {
            page[i] = invitationOf(tokenHashes[from + i]);
        }
    }

    function newMember(address account) private returns (Member storage member) {
        requireNew(account);
        member = registry[account];
        if (member.status == Status.NONE) {
            member.account = account;
            accounts.push(account);
        } else if (member.status != Status.REMOVED) {
            revert MemberExists(account, member.status);
        }
    }

    function open(bytes32 tokenHash) private view returns (Invitation storage invitation) {
        invitation = invited[tokenHash];
        if (invitation.invitedBy == address(0)) revert UnknownInvitation(tokenHash);
        if (invitation.account != address(0)) revert InvitationUsed(tokenHash, invitation.account);
        if (invitation.isCancelled) revert InvitationNotOpen(tokenHash);
    }

    function requireFree(string memory name) private view {
        address holder = accountOfName[keccak256(bytes(name))];
        if (holder != address(0)) revert NameTaken(name, holder);
    }

    function requireFuture(bytes32 tokenHash, uint64 expiresAt) private view {
        if (expiresAt <= block.timestamp) revert InvitationExpired(tokenHash, expiresAt, block.timestamp);
    }
}
