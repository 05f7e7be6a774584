// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISwarmDirectory} from "./ISwarmDirectory.sol";
import {MemberRegistry} from "./MemberRegistry.sol";

/// @title Authorities, nodes and drafts
abstract contract SwarmDirectory is ISwarmDirectory, MemberRegistry {
    uint256 private constant MAX_DER_BYTES = 4096;
    uint256 private constant MAX_KIND_BYTES = 16;
    uint256 private constant MAX_URL_BYTES = 256;
    uint256 private constant MAX_DRAFT_NAME_BYTES = 200;
    uint256 private constant MAX_DRAFT_BYTES = 4096;

    Authority[] private trusted;
    /// Place in `trusted` plus one; 0: unknown. So with the two below.
    mapping(bytes32 hash => uint256) private placeOfAuthority;
    Node[] private announced;
    mapping(bytes32 accountAndKind => uint256) private placeOfNode;
    Draft[] private drafts;
    mapping(bytes32 nameHash => uint256) private placeOfDraft;

    /// @inheritdoc ISwarmDirectory
    function addAuthority(string calldata organisation, bytes calldata der) external {
        requireLength("organisation", bytes(organisation).length, 1, MAX_NAME_BYTES);
        requireOrganisation(organisation);
        trust(organisation, der);
    }

    /// @inheritdoc ISwarmDirectory
    function revokeAuthority(bytes32 hash) external {
        uint256 place = placeOfAuthority[hash];
        if (place == 0 || trusted[place - 1].isRevoked) revert UnknownAuthority(hash);
        Authority storage authority = trusted[place - 1];
        requireOrganisation(authority.organisation);
        authority.isRevoked = true;
        emit AuthorityRevoked(hash, authority.organisation);
    }

    /// @inheritdoc ISwarmDirectory
    function announceNode(
        string calldata kind,
        string calldata url,
        string calldata enode,
        address sealer,
        string calldata version
    ) external {
        requireRole(bytes(enode).length == 0 && sealer == address(0) ? ALL_ROLES : NETWORK);
        requireLength("kind", bytes(kind).length, 1, MAX_KIND_BYTES);
        requireLength("url", bytes(url).length, 0, MAX_URL_BYTES);
        requireLength("enode", bytes(enode).length, 0, MAX_URL_BYTES);
        requireLength("version", bytes(version).length, 0, MAX_NAME_BYTES);
        bytes32 id = keccak256(abi.encode(msg.sender, kind));
        if (placeOfNode[id] == 0) {
            announced.push();
            placeOfNode[id] = announced.length;
        }
        Node storage node = announced[placeOfNode[id] - 1];
        node.account = msg.sender;
        node.kind = kind;
        node.url = url;
        node.enode = enode;
        node.sealer = sealer;
        node.version = version;
        node.announcedAt = uint64(block.timestamp);
        emit NodeAnnounced(msg.sender, kind, url, enode, sealer, version);
    }

    /// @inheritdoc ISwarmDirectory
    function setDraft(string calldata name, string calldata text) external {
        requireRole(OWNER);
        requireLength("name", bytes(name).length, 1, MAX_DRAFT_NAME_BYTES);
        requireLength("text", bytes(text).length, 0, MAX_DRAFT_BYTES);
        bytes32 id = keccak256(bytes(name));
        if (placeOfDraft[id] == 0) {
            drafts.push(Draft(name, text, msg.sender, 1));
            placeOfDraft[id] = drafts.length;
        } else {
            ownedDraft(name).text = text;
        }
        emit DraftSet(id, name);
    }

    /// @inheritdoc ISwarmDirectory
    function resetContract(string calldata name) external {
        Draft storage reset = ownedDraft(name);
        reset.generation++;
        emit ContractReset(keccak256(bytes(name)), name, reset.generation);
    }

    /// @inheritdoc ISwarmDirectory
    function authorities(uint256 from, uint256 count) external view returns (Authority[] memory page) {
        page = new Authority[](pageSize(trusted.length, from, count));
        for (uint256 i = 0; i < page.length; i++) {
            page[i] = trusted[from + i];
        }
    }

    /// @inheritdoc ISwarmDirectory
    function nodes(uint256 from, uint256 count) external view returns (Node[] memory page) {
        page = new Node[](pageSize(announced.length, from, count));
        for (uint256 i = 0; i < page.length; i++) {
            page[i] = announced[from + i];
        }
    }

    /// @inheritdoc ISwarmDirectory
    function draft(string calldata name) public view returns (Draft memory found) {
        uint256 place = placeOfDraft[keccak256(bytes(name))];
        if (place == 0) return found;
        found = drafts[place - 1];
        found.owner = presentAccount(found.owner);
    }

    /// @inheritdoc ISwarmDirectory
    function generation(string calldata name) external view returns (uint32) {
        return draft(name).generation;
    }

    /// @inheritdoc ISwarmDirectory
    function draftNames(uint256 from, uint256 count) external view returns (string[] memory page) {
        page = new string[](pageSize(drafts.length, from, count));
        for (uint256 i = 0; i < page.length; i++) {
            page[i] = drafts[from + i].name;
        }
    }

    function trust(string memory organisation, bytes memory der) internal {
        requireLength("authority", der.length, 1, MAX_DER_BYTES);
        bytes32 hash = sha256(der);
        if (placeOfAuthority[hash] != 0) revert AuthorityExists(hash, organisation);
        trusted.push(Authority(hash, organisation, der, false));
        placeOfAuthority[hash] = trusted.length;
        emit AuthorityAdded(hash, organisation);
    }

    function ownedDraft(string calldata name) private view returns (Draft storage owned) {
        uint256 place = placeOfDraft[keccak256(bytes(name))];
        if (place == 0) revert UnknownDraft(name);
        owned = drafts[place - 1];
        address owner = presentAccount(owned.owner);
        bool isOwner = owner == msg.sender && hasRole(msg.sender, OWNER);
        if (!isOwner && !hasRole(msg.sender, ADMIN)) revert NotDraftOwner(name, msg.sender, owner);
    }

    function requireOrganisation(string memory organisation) private view {
        bool isTheirs = hasRole(msg.sender, NETWORK)
            && keccak256(bytes(registry[msg.sender].organisation)) == keccak256(bytes(organisation));
        if (!isTheirs && !hasRole(msg.sender, ADMIN)) revert NotOfOrganisation(msg.sender, organisation);
    }
}
