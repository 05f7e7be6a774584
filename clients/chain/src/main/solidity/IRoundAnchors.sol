// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title One anchor for every round
/// @notice An anchor ties a round to the hash of its record, for ever: who holds a record and a model can prove that they are
/// the ones that everybody else got.
interface IRoundAnchors {
    /// @param recordHash SHA-256 of the round record as published.
    /// @param modelHash Merkle root of the merged model.
    struct Anchor {
        bytes32 recordHash;
        bytes32 modelHash;
    }

    event RoundAnchored(
        bytes32 indexed id, uint64 indexed round, string contractName, bytes32 recordHash, bytes32 modelHash
    );

    /// @notice Somebody tried to give a round a second, different anchor. The first one stands.
    /// @dev WARNING: this is no mishap to retry. Two records for one round prove that a coordinator ran twice or lies.
    error RoundAlreadyAnchored(bytes32 id, uint64 round, Anchor anchored, Anchor refused);
    /// @notice Rounds are anchored one after the other; `next` is the one whose turn it is.
    error RoundOutOfOrder(bytes32 id, uint64 round, uint64 next);
    error NotCoordinator(bytes32 id, address caller, address coordinator);
    error ZeroHash(string what);

    /// @notice Anchors a round. Only for the contract's coordinator.
    /// @dev The same anchor again does nothing and emits nothing: a sender that does not know whether its transaction
    /// arrived simply sends it again.
    /// @dev Gaps are refused. So one number, nextRound, says that everything below it is anchored; nobody can burn a round that
    /// has not happened; and a chain that lost a block says so to the sender instead of keeping a hole.
    function anchorRound(bytes32 id, uint64 round, bytes32 recordHash, bytes32 modelHash) external;

    /// @notice The round to be anchored next, which is also the number of anchored ones; 0 for unknown contracts.
    function nextRound(bytes32 id) external view returns (uint64);

    /// @notice The anchor of a round; two zero hashes if there is none (yet).
    function anchorOf(bytes32 id, uint64 round) external view returns (Anchor memory);
}
