// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISwarmMembers} from "./ISwarmMembers.sol";
import {BoardActs} from "./BoardActs.sol";
import {BoardTasks} from "./BoardTasks.sol";

/// @title The tasks and taskrunners of one swarm
contract TaskBoard is BoardActs {
    /// @notice The board begins with a finalised task without a body, and with one taskrunner.
    constructor(ISwarmMembers members_) BoardTasks(members_) {
        finalise(add("ROOTTASK", TaskType.ROOT_TASK, "SWARMSTREAM", "", ""), sha256(""));
        addRunner("defaulttaskbb.taskdb.sml.hpe");
    }
}
