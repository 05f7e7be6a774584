// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BoardTasks} from "./BoardTasks.sol";
import {ITaskBoard} from "./ITaskBoard.sol";

/// @title Where taskrunners are, and who takes part
abstract contract BoardRuns is BoardTasks {
    /// @param calls How often the agent was called by name; see attemptsOf.
    /// @param states How many peers there are in each state.
    struct Part {
        uint32 calls;
        uint32 attempt;
        uint32 peers;
        uint64 enrolledAt;
        mapping(uint32 attempt => mapping(uint32 index => Peer)) peerOf;
        mapping(PeerState => uint32) states;
    }

    struct Run {
        uint32 task;
        uint32 required;
        bool isForAll;
        address assignedBy;
        uint64 assignedAt;
        uint32 enrolled;
        uint32 active;
        uint32 completed;
        uint32 failed;
        address[] agents;
        mapping(address agent => Part) partOf;
    }

    struct Registration {
        uint32 sites;
        bool isListed;
    }

    struct Runner {
        uint32 id;
        bool isAssigned;
        uint64 run;
        uint64 changedAt;
        string name;
        address[] agents;
        mapping(address agent => Registration) registrationOf;
        mapping(uint64 run => Run) runs;
    }

    Runner[] internal runners;
    /// Place in `runners` plus one; 0: unknown.
    mapping(bytes32 nameHash => uint256) internal placeOfRunner;

    /// @inheritdoc ITaskBoard
    function taskrunners(uint256 from, uint256 count) external view returns (Taskrunner[] memory page) {
        page = new Taskrunner[](pageSize(runners.length, from, count));
        for (uint256 i = 0; i < page.length; i++) {
            page[i] = read(runners[from + i]);
        }
    }

    /// @inheritdoc ITaskBoard
    function taskrunnerOf(string calldata name) external view returns (Taskrunner memory found) {
        uint256 place = placeOfRunner[keccak256(bytes(name))];
        if (place != 0) found = read(runners[place - 1]);
    }

    /// @inheritdoc ITaskBoard
    function agentsOf(string calldata taskrunner, uint256 from, uint256 count)
        external
        view
        returns (Agent[] memory page)
    {
        Runner storage runner = present(taskrunner);
        page = new Agent[](pageSize(runner.agents.length, from, count));
        for (uint256 i = 0; i < page.length; i++) {
            address account = runner.agents[from + i];
            page[i] = Agent(account, sitesOf(runner, account));
        }
    }

    /// @inheritdoc ITaskBoard
    function enrolmentsOf(string calldata taskrunner, uint64 number, uint256 from, uint256 count)
        external
        view
        returns (Enrolment[] memory page)
    {
        Run storage run = present(taskrunner).runs[number];
        page = new Enrolment[](pageSize(run.agents.length, from, count));
        for (uint256 i = 0; i < page.length; i++) {
            address account = run.agents[from + i];
            Part storage part = run.partOf[account];
            Peer[] memory peers = new Peer[](part.peers);
            for (uint32 index = 0; index < peers.length; index++) {
                peers[index] = peerOf(part, index);
            }
            page[i] = Enrolment(account, part.attempt, part.enrolledAt, peers);
        }
    }

    /// @inheritdoc ITaskBoard
    function calledOf(string calldata taskrunner, address agent) external view returns (uint32) {
        Runner storage runner = present(taskrunner);
        if (!runner.isAssigned) return 0;
        Run storage run = runner.runs[runner.run];
        Part storage part = run.partOf[agent];
        bool mayEnrol = sitesOf(runner, agent) != 0 && stateOf(runner) == RunState.RUNNING;
        return mayEnrol ? attemptsOf(run, part) : part.attempt;
    }

    /// RUNNING where the agent has not reported: nothing is stored then.
    function peerOf(Part storage part, uint32 index) internal view returns (Peer memory peer) {
        peer = part.peerOf[part.attempt][index];
        if (peer.reportedBlock == 0) peer = Peer(PeerState.RUNNING, part.enrolledAt, 0);
    }

    function stateOf(Runner storage runner) internal view returns (RunState) {
        if (!runner.isAssigned) return RunState.IDLE;
        Run storage run = runner.runs[runner.run];
        if (run.active > 0) return RunState.RUNNING;
        if (run.completed >= run.required) return RunState.COMPLETE;
        if (run.failed == 0 || isAnyExpected(runner, run)) return RunState.RUNNING;
        return RunState.ERROR;
    }

    /// Whether a target has not come yet, or, where too few have enrolled, anybody who is called.
    function isAnyExpected(Runner storage runner, Run storage run) internal view returns (bool) {
        bool isFull = run.enrolled >= run.required;
        for (uint256 i = 0; i < runner.agents.length; i++) {
            Part storage part = run.partOf[runner.agents[i]];
            uint32 calls = isFull ? part.calls : attemptsOf(run, part);
            if (calls > part.attempt && sitesOf(runner, runner.agents[i]) != 0) return true;
        }
        return false;
    }

    /// How often an agent is called: by name, or once with all others.
    function attemptsOf(Run storage run, Part storage part) internal view returns (uint32) {
        return run.isForAll && part.calls == 0 ? 1 : part.calls;
    }

    /// Sites of a registered agent that is still a member with the role; else 0.
    function sitesOf(Runner storage runner, address agent) internal view returns (uint32 sites) {
        sites = runner.registrationOf[agent].sites;
        if (sites != 0 && !members.hasRole(agent, AGENT)) sites = 0;
    }

    function read(Runner storage runner) internal view returns (Taskrunner memory copy) {
        copy.id = runner.id;
        copy.name = runner.name;
        copy.changedAt = runner.changedAt;
        copy.run = runner.run;
        if (!runner.isAssigned) return copy;
        Run storage run = runner.runs[runner.run];
        copy.state = stateOf(runner);
        copy.task = board[run.task].name;
        copy.taskType = board[run.task].taskType;
        copy.required = run.required;
        copy.isForAll = run.isForAll;
        copy.assignedBy = run.assignedBy;
        copy.assignedAt = run.assignedAt;
        copy.enrolled = run.enrolled;
        copy.active = run.active;
        copy.completed = run.completed;
        copy.failed = run.failed;
    }

    function present(string calldata name) internal view returns (Runner storage) {
        uint256 place = placeOfRunner[keccak256(bytes(name))];
        if (place == 0) revert UnknownTaskrunner(name);
        return runners[place - 1];
    }

    function presentRun(Runner storage runner, uint64 number) internal view returns (Run storage) {
        if (!runner.isAssigned || runner.run != number) {
            revert RunIsOver(runner.name, number, runner.isAssigned ? runner.run : 0);
        }
        return runner.runs[number];
    }
}
