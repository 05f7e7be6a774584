// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Who belongs to a swarm, and what each member may do
/// @notice A member is an Ethereum account, the key of its TLS certificate, and a name. The account signs the binding of the
/// key, so that no certificate authority can issue a certificate that passes for another organisation's member.
/// @dev Roles are bits: ADMIN 1, OWNER 2 (creates training contracts), SITE 4, AGENT 8 (runs tasks), OBSERVER 16,
/// NETWORK 32 (runs a network node and may seal blocks), JOB 64 (coordinates trainings and anchors rounds).
/// @dev WARNING: everything stored here is public for ever: names, organisations, addresses of nodes.
interface ISwarmMembers {
    /// @notice NONE: never a member. Only ACTIVE members may act. REMOVED members need a new invitation.
    enum Status {
        NONE,
        PENDING,
        ACTIVE,
        SUSPENDED,
        REMOVED
    }

    /// @param nonce Bindings and rotations that the account has signed; part of the text of the next one.
    /// @param name 1 to 64 bytes, unique among those who are not REMOVED.
    /// @param organisation 1 to 64 bytes. WARNING: a text that an admin wrote; nobody proves it.
    /// @param keyHash SHA-256 of the certificate's SubjectPublicKeyInfo; zero: none.
    /// @param spiffeId A SPIFFE id instead of a key, or beside it; empty: none.
    /// @param invitation Hash of the token that the member was admitted with; zero for the founder.
    struct Member {
        address account;
        uint32 roles;
        Status status;
        uint32 nonce;
        string name;
        string organisation;
        bytes32 keyHash;
        string spiffeId;
        bytes32 invitation;
    }

    /// @param tokenHash keccak256 of the secret token, which only the invited organisation and its admitting node see.
    /// @param contractName The training contract that the member is meant for; empty: none. For readers: this contract
    /// enrols nobody.
    /// @param maxWeight Greatest weight to enrol the member with.
    /// @param expiresAt Seconds since 1970; nobody is admitted afterwards.
    /// @param needsApproval Whether the admitted member stays PENDING until an admin approves.
    struct Offer {
        bytes32 tokenHash;
        string name;
        string organisation;
        uint32 roles;
        string contractName;
        uint32 maxWeight;
        uint64 expiresAt;
        bool needsApproval;
    }

    /// @param invitedBy The admin who sent the (last needed) invitation; zero: there is none with this hash.
    /// @param account The member that was admitted with it; zero: not used yet.
    struct Invitation {
        Offer offer;
        address invitedBy;
        bool isCancelled;
        address account;
    }

    /// @param signature 65 bytes of `account` over bindingDigest.
    struct Binding {
        address account;
        bytes32 keyHash;
        string spiffeId;
        bytes signature;
    }

    event MemberInvited(
        bytes32 indexed tokenHash,
        string name,
        string organisation,
        uint32 roles,
        string contractName,
        uint32 maxWeight,
        uint64 expiresAt,
        bool needsApproval
    );
    event InvitationCancelled(bytes32 indexed tokenHash, string name);
    event MemberAdmitted(
        address indexed account,
        bytes32 indexed tokenHash,
        string name,
        string organisation,
        uint32 roles,
        Status status
    );
    event MemberApproved(address indexed account, string name);
    event MemberSuspended(address indexed account, string name);
    event MemberResumed(address indexed account, string name);
    event MemberRemoved(address indexed account, string name);
    event MemberLeft(address indexed account, string name);
    event RolesChanged(address indexed account, string name, uint32 previousRoles, uint32 roles);
    event KeyBound(address indexed account, string name, bytes32 keyHash, string spiffeId);
    /// @notice `account` is zero where nobody had bound the key.
    event KeyRevoked(bytes32 indexed keyHash, address indexed account);
    event AccountRotated(address indexed previousAccount, address indexed account, string name);
    event ThresholdChanged(uint8 previousThreshold, uint8 threshold);
    /// @notice One more admin wants `call`, which takes effect with the vote that makes `needed`.
    event VoteCast(bytes32 indexed callHash, address indexed admin, uint256 votes, uint256 needed, bytes call);

    error UnknownMember(address account);
    error MemberExists(address account, Status status);
    error NameTaken(string name, address account);
    /// @notice The caller is no active member with one of these roles.
    error MissingRole(address caller, uint32 roles);
    error WrongStatus(address account, Status status);
    error UnknownRoles(uint32 roles);
    /// @notice Fewer active admins would be left than have to agree on what admins decide.
    error TooFewAdmins(uint256 left, uint256 needed);
    error AlreadyVoted(bytes32 callHash, address admin);
    error UnknownInvitation(bytes32 tokenHash);
    error InvitationExists(bytes32 tokenHash);
    error InvitationUsed(bytes32 tokenHash, address account);
    error InvitationNotOpen(bytes32 tokenHash);
    error InvitationExpired(bytes32 tokenHash, uint64 expiresAt, uint256 nowSeconds);
    /// @notice `signer` is zero where the signature is none at all.
    error WrongSignature(address account, address signer);
    error NothingToBind(address account);
    error KeyAlreadyBound(bytes32 keyHash, address account);
    error SpiffeIdAlreadyBound(string spiffeId, address account);
    error KeyIsRevoked(bytes32 keyHash);
    error AccountWasRotated(address account, address successor);
    error LengthOutOfRange(string what, uint256 length, uint256 max);
    error NumberOutOfRange(string what, uint256 value, uint256 min, uint256 max);
    error ZeroAddress(string what);
    error ZeroHash(string what);

    /// @notice Invites a member. Only for admins; a role of ADMIN or NETWORK needs votes where there is a threshold.
    /// @dev WARNING: whoever has the token may become this member, in the order in which transactions arrive. A sealer sees
    /// tokens in transactions that wait. Where that matters ask for approval and compare the key before giving it.
    function invite(Offer calldata offer) external;

    /// @notice Only for admins.
    function cancelInvitation(bytes32 tokenHash) external;

    /// @notice Admits who brought a token. Only for active ADMIN or NETWORK members, who have checked that the account's owner
    /// also has the private key of `binding.keyHash`; nothing here can check that.
    /// @param authority DER of the certificate authority that the new member's organisation trusts; empty: none. Only for
    /// invitations with the role NETWORK.
    function admit(string calldata token, Binding calldata binding, bytes calldata authority) external;

    /// @notice Lets a PENDING member act. Only for admins.
    function approve(address account) external;

    /// @notice Takes all rights from a member until an admin resumes it. Only for admins.
    function suspend(address account) external;

    /// @notice Only for admins.
    function resume(address account) external;

    /// @notice Ends a membership; name and key become free. Only for admins.
    /// @dev WARNING: training contracts keep their own lists of sites; remove it there, too.
    function remove(address account) external;

    /// @notice Only for admins. The last admin keeps the role.
    function setRoles(address account, uint32 roles) external;

    /// @notice Ends the caller's own membership.
    function resign() external;

    /// @notice How many admins have to agree where ADMIN and NETWORK members are concerned; 1 unless it was changed.
    /// @dev Votes older than 30 days, and those of members who are admins no longer, do not count.
    function setThreshold(uint8 threshold) external;

    /// @notice Binds another key, or SPIFFE id, to an account. Anybody may send it, for the account has signed it. The former key
    /// is nobody's from then on. Not for PENDING members.
    /// @dev WARNING: nothing here proves who has the private key of `keyHash`. A member that binds another's key keeps it
    /// from being bound until an admin revokes the key; it gains nothing.
    function bindKey(Binding calldata binding) external;

    /// @notice That key is never accepted again, whoever binds it. Only for its member and for admins.
    function revokeKey(bytes32 keyHash) external;

    /// @notice Moves a membership to another account. Anybody may send it, for both accounts have signed rotationDigest.
    /// Name, roles and key stay. The old account is nobody's for ever.
    /// @dev Drafts follow. Sites of training contracts follow with rotateSite, once for each contract and move.
    /// @dev WARNING: owners and coordinators of training contracts do not follow. Hand these offices over before, or have an
    /// admin offer the ownership afterwards.
    function rotateAccount(
        address previousAccount,
        address account,
        bytes calldata previousSignature,
        bytes calldata signature
    ) external;

    /// @notice What `account` signs to bind a key (EIP-191 over keccak256 of abi.encode).
    function bindingDigest(address account, bytes32 keyHash, string calldata spiffeId)
        external
        view
        returns (bytes32);

    /// @notice What both accounts sign to rotate.
    function rotationDigest(address previousAccount, address account) external view returns (bytes32);

    /// @notice Whether the account is an ACTIVE member with at least one of the roles.
    function hasRole(address account, uint32 roles) external view returns (bool);

    /// @notice The member of an account; status NONE for strangers. A REMOVED member has no key.
    function memberOf(address account) external view returns (Member memory);

    /// @notice Status NONE where there is none; so with the two below.
    function memberByName(string calldata name) external view returns (Member memory);

    function memberByKey(bytes32 keyHash) external view returns (Member memory);

    function memberBySpiffeId(string calldata spiffeId) external view returns (Member memory);

    /// @notice Members in order of admission, removed ones too, beginning with the `from`-th; fewer than `count` at the end.
    function members(uint256 from, uint256 count) external view returns (Member[] memory);

    function invitationOf(bytes32 tokenHash) external view returns (Invitation memory);

    /// @notice Invitations in their order, used and cancelled ones too.
    function invitations(uint256 from, uint256 count) external view returns (Invitation[] memory);

    function isKeyRevoked(bytes32 keyHash) external view returns (bool);

    /// @notice The account that a membership moved to; zero: it did not move.
    function successorOf(address account) external view returns (address);

    function threshold() external view returns (uint8);

    /// @notice The admins whose votes for a call are stored.
    function votersFor(bytes32 callHash) external view returns (address[] memory);
}
