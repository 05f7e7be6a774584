// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The terms of trainings, and the sites that take part
/// @notice One deployment holds the training contracts of a whole network. A training contract is known by its name; its id
/// is keccak256(name). Only metadata stands here: no weight, no sample, no gradient ever does.
/// @dev WARNING: everything stored here is public for ever, names of sites included.
interface ITrainingContracts {
    /// @notice What all sites of a training agree to. Terms never change; other terms are another contract.
    /// @param method Name of the merge method, 1 to 32 bytes, such as "mean".
    /// @param minPeers Fewest sites that make a round, 1 to 2^31-1.
    /// @param gracePeriodMs How long a round waits for the rest once minPeers are complete; milliseconds, at most 2^63-1.
    /// @param parameterCount Float32 values of the model, 1 to 2^63-1.
    /// @param chunkValues Values of a full chunk, 1 to 2^31-1.
    /// @param encoding How sites encode the values of their deltas, 1 to 32 bytes, such as "float32".
    /// @param adaptiveInterval Mini-batches that sites train before the first merge when rounds decide about those before the
    /// others, at most 1,000,000; 0: each site keeps its own interval.
    /// @param layoutHash SHA-256 of the layout text.
    /// @param limits What no site may exceed in a round, at most 64 bytes, such as "share=1/2"; empty: none.
    /// @param payloadHash How the payloads of deltas and models are hashed, 1 to 32 bytes, such as "blake3".
    /// @param optimizer Turns the merged delta of a round into the step that is added to the model, at most 96 bytes,
    /// such as "nesterov:lr=0.7,momentum=0.9"; empty: the delta is the step.
    /// @param privacy What sites do to their deltas before they send them, at most 128 bytes, such as
    /// "dp(clip=1,noise=1.1,delta=0.00001)"; empty: nothing.
    struct Terms {
        string method;
        uint32 minPeers;
        uint64 gracePeriodMs;
        uint64 parameterCount;
        uint32 chunkValues;
        string encoding;
        uint32 adaptiveInterval;
        bytes32 layoutHash;
        string limits;
        string payloadHash;
        string optimizer;
        string privacy;
    }

    /// @notice A site that may contribute.
    /// @param account Address of the site: it signs its contributions with this account's key.
    /// @param maxWeight Greatest weight the site may ask for in a merge, 1 to 2^31-1.
    /// @param name What people call the site, 1 to 64 bytes; unique in its contract.
    struct Site {
        address account;
        uint32 maxWeight;
        string name;
    }

    /// @notice A time in office. It ends with the next one's beginning.
    /// @param sinceBlock First block in which the account could anchor.
    struct CoordinatorTerm {
        address account;
        uint64 sinceBlock;
    }

    /// @param layoutText Names and shapes of the model's tensors. It stands in this log only, where it is cheap; `layoutHash` in the
    /// terms proves it. Empty where it is too long to be sent.
    event ContractCreated(
        bytes32 indexed id,
        address indexed owner,
        address indexed coordinator,
        string name,
        string method,
        uint32 minPeers,
        uint64 gracePeriodMs,
        uint64 parameterCount,
        uint32 chunkValues,
        string encoding,
        uint32 adaptiveInterval,
        bytes32 layoutHash,
        string limits,
        string payloadHash,
        string optimizer,
        string privacy,
        string layoutText
    );
    event SiteEnrolled(
        bytes32 indexed id, address indexed account, string contractName, string siteName, uint32 maxWeight
    );
    event SiteRemoved(bytes32 indexed id, address indexed account, string contractName, string siteName);

    /// @notice `candidate` is zero where an offer was withdrawn.
    event OwnershipOffered(bytes32 indexed id, address indexed candidate, string contractName);
    event OwnershipAccepted(
        bytes32 indexed id, address indexed previousOwner, address indexed owner, string contractName
    );
    event CoordinatorOffered(bytes32 indexed id, address indexed candidate, string contractName);
    event CoordinatorAccepted(
        bytes32 indexed id, address indexed previousCoordinator, address indexed coordinator, string contractName
    );

    error ContractAlreadyExists(bytes32 id, string name, address owner);
    error UnknownContract(bytes32 id);
    /// @notice A text is too long, or empty where it may not be. `what` names it.
    error LengthOutOfRange(string what, uint256 length, uint256 max);
    /// @notice A number is below or above what its reader can hold. `what` names it.
    error NumberOutOfRange(string what, uint256 value, uint256 min, uint256 max);
    error ZeroAddress(string what);
    error LayoutMismatch(bytes32 claimed, bytes32 actual);
    error NotOwner(bytes32 id, address caller, address owner);
    error SiteAlreadyEnrolled(bytes32 id, address account);
    error SiteNameTaken(bytes32 id, string siteName);
    error SiteNotEnrolled(bytes32 id, address account);
    error TooManySites(bytes32 id, uint256 max);
    /// @notice The caller is no active member of the swarm with one of these roles.
    error MissingRole(address caller, uint32 roles);
    error NotOffered(bytes32 id, address caller, address candidate);
    /// @notice The membership of `previousAccount` has not moved to `account`.
    error NotSuccessor(address previousAccount, address account);

    /// @notice Creates the contract `name`; the caller becomes its owner, who enrols and removes sites. In a swarm with
    /// members only those with the role OWNER create contracts.
    /// @dev WARNING: names are first come, first served. Without members nobody checks who you are: before joining a
    /// contract, compare its owner with the address you were given by other means.
    /// @dev WARNING: without members a lost owner key freezes the list of sites, and a lost coordinator key can be replaced
    /// by the owner only. With members an admin can offer the ownership to somebody else.
    /// @dev WARNING: the coordinator decides what is anchored. It cannot anchor a round twice, but nothing here checks that a
    /// record is true: sites do, by comparing the model they get with the anchor.
    /// @dev What characters a name may have is for its readers to say; a reader skips a contract that it cannot serve.
    /// @param name 1 to 200 bytes.
    /// @param coordinator The account that anchors rounds.
    /// @param layoutText The text that `terms.layoutHash` is the SHA-256 of; empty where it is too long for a transaction.
    /// Then the hash alone says which layout it is, and whoever has the text can prove it.
    /// @return id keccak256(name).
    function createContract(string calldata name, address coordinator, Terms calldata terms, string calldata layoutText)
        external
        returns (bytes32 id);

    /// @notice Lets a site contribute. Only for the owner and for active admins of the swarm; at most 1,000 sites a contract.
    /// @dev To change a site's weight or name, remove it and enrol it again.
    function enrolSite(bytes32 id, address account, string calldata siteName, uint32 maxWeight) external;

    /// @notice Lets a site contribute no longer. Only for the owner and for active admins of the swarm. Rounds it took part in stay as they are.
    function removeSite(bytes32 id, address account) external;

    /// @notice Gives a site's place, name and weight to another account. For owner and admins; for anybody once the
    /// membership of `previousAccount` has moved to `account`. Logs SiteRemoved and SiteEnrolled.
    function rotateSite(bytes32 id, address previousAccount, address account) external;

    /// @notice First step to another owner. Only for the owner and for active admins; zero withdraws the offer.
    function offerOwnership(bytes32 id, address candidate) external;

    /// @notice Second step, only for the candidate.
    function acceptOwnership(bytes32 id) external;

    /// @notice First step to another coordinator. Only for the owner; zero withdraws the offer.
    function offerCoordinator(bytes32 id, address candidate) external;

    /// @notice Second step, only for the candidate, who anchors from then on.
    function acceptCoordinator(bytes32 id) external;

    /// @notice The number of contracts ever created; none is ever deleted.
    function contractCount() external view returns (uint256);

    /// @notice Names in order of creation, beginning with the `from`-th; fewer than `count` at the end of the list.
    function contractNames(uint256 from, uint256 count) external view returns (string[] memory);

    /// @notice Reverts with UnknownContract where there is none; so do the views below.
    function termsOf(bytes32 id) external view returns (Terms memory);

    function nameOf(bytes32 id) external view returns (string memory);

    function ownerOf(bytes32 id) external view returns (address);

    function coordinatorOf(bytes32 id) external view returns (address);

    /// @notice All coordinators there have been, the present one last. What an earlier one signed in its time stays valid.
    function coordinatorsOf(bytes32 id) external view returns (CoordinatorTerm[] memory);

    /// @notice Who may accept the ownership and the coordination; zero: nobody.
    function candidatesOf(bytes32 id) external view returns (address owner, address coordinator);

    /// @notice The block whose log holds the ContractCreated event, and with it the layout text.
    function creationBlockOf(bytes32 id) external view returns (uint256);

    /// @notice All enrolled sites, in no particular order.
    function sitesOf(bytes32 id) external view returns (Site[] memory);
}
