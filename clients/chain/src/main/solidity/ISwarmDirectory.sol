// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What the members of a swarm tell one another
/// @notice Certificate authorities, nodes, and drafts of training contracts. Any node can answer for all of them.
interface ISwarmDirectory {
    /// @param hash SHA-256 of `der`.
    /// @param der The authority's certificate.
    struct Authority {
        bytes32 hash;
        string organisation;
        bytes der;
        bool isRevoked;
    }

    /// @param kind What runs there, 1 to 16 bytes, such as "network"; one record for each member and kind.
    /// @param url Where its members reach it.
    /// @param enode Where the chain's nodes reach it; empty: it runs none.
    /// @param sealer The account that seals its blocks; zero: it seals none.
    /// @param announcedAt Seconds since 1970.
    struct Node {
        address account;
        string kind;
        string url;
        string enode;
        address sealer;
        string version;
        uint64 announcedAt;
    }

    /// @param owner Who wrote it first; the account that this membership is at now.
    /// @param generation 1, and one more for each reset: the contract's name on the chain is `name`, then `name.2` and so on.
    struct Draft {
        string name;
        string text;
        address owner;
        uint32 generation;
    }

    event AuthorityAdded(bytes32 indexed hash, string organisation);
    event AuthorityRevoked(bytes32 indexed hash, string organisation);
    event NodeAnnounced(
        address indexed account, string kind, string url, string enode, address sealer, string version
    );
    event DraftSet(bytes32 indexed id, string name);
    event ContractReset(bytes32 indexed id, string name, uint32 generation);

    error AuthorityExists(bytes32 hash, string organisation);
    error UnknownAuthority(bytes32 hash);
    /// @notice Neither an admin nor a NETWORK member of that organisation.
    error NotOfOrganisation(address caller, string organisation);
    error UnknownDraft(string name);
    error NotDraftOwner(string name, address caller, address owner);

    /// @notice Only for admins and for NETWORK members of that organisation.
    /// @dev WARNING: an authority says only who may knock. What a certificate may do depends on whose key it has.
    function addAuthority(string calldata organisation, bytes calldata der) external;

    /// @notice Certificates of that authority are not accepted any more. It cannot be added again.
    function revokeAuthority(bytes32 hash) external;

    /// @notice Says where a node of the caller is. `enode` and `sealer` are for members with the role NETWORK.
    function announceNode(
        string calldata kind,
        string calldata url,
        string calldata enode,
        address sealer,
        string calldata version
    ) external;

    /// @notice Writes the draft of a training contract. Only for members with the role OWNER; over a draft only for its
    /// owner and for admins.
    /// @param text At most 4,096 bytes; empty where the draft is withdrawn.
    function setDraft(string calldata name, string calldata text) external;

    /// @notice The training starts anew, in another contract. Only for the draft's owner and for admins.
    function resetContract(string calldata name) external;

    /// @notice In order of addition, revoked ones too.
    function authorities(uint256 from, uint256 count) external view returns (Authority[] memory);

    /// @notice In order of their first announcement. WARNING: members may have been suspended or removed since.
    function nodes(uint256 from, uint256 count) external view returns (Node[] memory);

    /// @notice All empty where there is none.
    function draft(string calldata name) external view returns (Draft memory);

    /// @notice 0 where there is no draft.
    function generation(string calldata name) external view returns (uint32);

    function draftNames(uint256 from, uint256 count) external view returns (string[] memory);
}
