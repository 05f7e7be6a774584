// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRoundAnchors} from "./IRoundAnchors.sol";
import {ITrainingContracts} from "./ITrainingContracts.sol";

/// @title The anchors of all rounds of all contracts in one registry
contract RoundAnchors is IRoundAnchors {
    /// @notice Says who coordinates a contract.
    ITrainingContracts public immutable trainingContracts;

    /// The round is the place in the list; so there are no gaps by construction.
    mapping(bytes32 id => Anchor[]) private anchors;

    constructor(ITrainingContracts trainingContracts_) {
        trainingContracts = trainingContracts_;
    }

    /// @inheritdoc IRoundAnchors
    function anchorRound(bytes32 id, uint64 round, bytes32 recordHash, bytes32 modelHash) external {
        address coordinator = trainingContracts.coordinatorOf(id);
        if (msg.sender != coordinator) revert NotCoordinator(id, msg.sender, coordinator);
        // Zero is how anchorOf says that there is no anchor.
        if (recordHash == 0) revert ZeroHash("recordHash");
        if (modelHash == 0) revert ZeroHash("modelHash");

        uint64 next = nextRound(id);
        if (round > next) revert RoundOutOfOrder(id, round, next);
        if (round < next) {
            Anchor memory anchored = anchors[id][round];
            if (anchored.recordHash != recordHash || anchored.modelHash != modelHash) {
                revert RoundAlreadyAnchored(id, round, anchored, Anchor(recordHash, modelHash));
            }
            return;
        }

        anchors[id].push(Anchor(recordHash, modelHash));
        emit RoundAnchored(id, round, trainingContracts.nameOf(id), recordHash, modelHash);
    }

    /// @inheritdoc IRoundAnchors
    function nextRound(bytes32 id) public view returns (uint64) {
        return uint64(anchors[id].length);
    }

    /// @inheritdoc IRoundAnchors
    function anchorOf(bytes32 id, uint64 round) external view returns (Anchor memory anchor) {
        if (round < anchors[id].length) anchor = anchors[id][round];
    }
}
