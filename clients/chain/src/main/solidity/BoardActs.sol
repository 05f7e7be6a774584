// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BoardRuns} from "./BoardRuns.sol";
import {ITaskBoard} from "./ITaskBoard.sol";

/// @title How taskrunners get tasks, and what agents report
abstract contract BoardActs is BoardRuns {
    uint256 private constant MAX_REQUIRED = 10_000;
    uint256 private constant MAX_SITES = 256;
    /// Keeps the search for agents that may still complete within the gas of a transaction.
    uint256 private constant MAX_AGENTS = 500;
    uint256 private constant MAX_DESCRIPTION_BYTES = 65_536;

    /// @inheritdoc ITaskBoard
    function createTaskrunner(string calldata name) external {
        requireRole(ADMIN | OWNER);
        requireText("name", name);
        if (placeOfRunner[keccak256(bytes(name))] != 0) revert TaskrunnerExists(name);
        addRunner(name);
    }

    /// @inheritdoc ITaskBoard
    function assign(string calldata taskrunner, string calldata task, uint32 required)
        external
        returns (uint64 number)
    {
        requireRole(ADMIN | OWNER);
        Runner storage runner = present(taskrunner);
        Task storage assigned = runnable(task);
        requireNumber("peers", required, 1, MAX_REQUIRED);
        return begin(runner, assigned, required, true);
    }

    /// @inheritdoc ITaskBoard
    function assignTo(string calldata taskrunner, string calldata task, address agent)
        external
        returns (uint64 number)
    {
        requireRole(ADMIN | OWNER);
        Runner storage runner = present(taskrunner);
        Task storage assigned = runnable(task);
        uint32 sites = sitesOf(runner, agent);
        if (sites == 0) revert NotRegistered(taskrunner, agent);
        RunState state = stateOf(runner);
        number = runner.run;
        bool isOpen = state == RunState.RUNNING || state == RunState.ERROR;
        if (!isOpen || runner.runs[number].task != assigned.id) {
            number = begin(runner, assigned, assigned.taskType == TaskType.RUN_SWARM ? sites : 1, false);
        }
        call(runner, assigned, agent);
    }

    /// @inheritdoc ITaskBoard
    function resetTaskrunner(string calldata taskrunner) external {
        requireRole(ADMIN | OWNER);
        Runner storage runner = present(taskrunner);
        if (!runner.isAssigned) return;
        runner.isAssigned = false;
        runner.changedAt = uint64(block.timestamp);
        emit TaskrunnerReset(runner.id, runner.run, taskrunner);
    }

    /// @inheritdoc ITaskBoard
    function register(string calldata taskrunner, uint32 sites) external {
        requireRole(AGENT);
        Runner storage runner = present(taskrunner);
        requireNumber("sites", sites, 0, MAX_SITES);
        Registration storage registration = runner.registrationOf[msg.sender];
        if (!registration.isListed) {
            if (runner.agents.length == MAX_AGENTS) revert TooManyAgents(taskrunner, MAX_AGENTS);
            runner.agents.push(msg.sender);
            registration.isListed = true;
        }
        registration.sites = sites;
        runner.changedAt = uint64(block.timestamp);
        emit AgentRegistered(runner.id, msg.sender, taskrunner, sites);
    }

    /// @inheritdoc ITaskBoard
    function enrol(string calldata taskrunner, uint64 number, uint32 peers) external {
        requireRole(AGENT);
        Runner storage runner = present(taskrunner);
        Run storage run = presentRun(runner, number);
        bool isOfSites = board[run.task].taskType == TaskType.RUN_SWARM;
        requireNumber("peers", peers, 1, isOfSites ? MAX_SITES : 1);
        if (sitesOf(runner, msg.sender) == 0) revert NotRegistered(taskrunner, msg.sender);
        Part storage part = run.partOf[msg.sender];
        uint32 attempts = attemptsOf(run, part);
        if (attempts == part.attempt || stateOf(runner) != RunState.RUNNING) {
            revert NotCalled(taskrunner, msg.sender, number);
        }

        if (part.attempt == 0) run.agents.push(msg.sender);
        forget(run, part);
        part.attempt = attempts;
        part.peers = peers;
        part.enrolledAt = uint64(block.timestamp);
        part.states[PeerState.RUNNING] = peers;
        run.enrolled += peers;
        run.active += peers;
        runner.changedAt = uint64(block.timestamp);
        emit AgentEnrolled(runner.id, number, msg.sender, taskrunner, attempts, peers);
    }

    /// @inheritdoc ITaskBoard
    function report(string calldata taskrunner, uint64 number, Report[] calldata reports) external {
        requireRole(AGENT);
        Runner storage runner = present(taskrunner);
        Run storage run = presentRun(runner, number);
        Part storage part = run.partOf[msg.sender];
        if (part.attempt == 0) revert NotEnrolled(taskrunner, msg.sender, number);
        for (uint256 i = 0; i < reports.length; i++) {
            requireNumber("index", reports[i].index, 0, part.peers - 1);
            requireLength("uid", bytes(reports[i].uid).length, 0, MAX_TEXT_BYTES);
            requireLength("description", bytes(reports[i].description).length, 0, MAX_DESCRIPTION_BYTES);
            take(runner, run, part, reports[i]);
        }
        runner.changedAt = uint64(block.timestamp);
    }

    function addRunner(string memory name) internal {
        uint32 id = uint32(runners.length);
        Runner storage runner = runners.push();
        placeOfRunner[keccak256(bytes(name))] = runners.length;
        runner.id = id;
        runner.name = name;
        runner.changedAt = uint64(block.timestamp);
        emit TaskrunnerCreated(id, name);
    }

    /// Asks an agent by name to take part, unless it was asked and has not come yet.
    function call(Runner storage runner, Task storage task, address agent) private {
        Run storage run = runner.runs[runner.run];
        Part storage part = run.partOf[agent];
        uint32 attempts = attemptsOf(run, part);
        part.calls = attempts == part.attempt ? attempts + 1 : attempts;
        runner.changedAt = uint64(block.timestamp);
        emit AgentTargeted(runner.id, runner.run, agent, runner.name, task.name, part.calls);
    }

    function begin(Runner storage runner, Task storage task, uint32 required, bool isForAll)
        private
        returns (uint64 number)
    {
        if (stateOf(runner) == RunState.RUNNING) {
            Run storage running = runner.runs[runner.run];
            revert TaskrunnerBusy(runner.name, board[running.task].name, runner.run, running.assignedAt);
        }
        number = ++runner.run;
        runner.isAssigned = true;
        runner.changedAt = uint64(block.timestamp);
        Run storage run = runner.runs[number];
        run.task = task.id;
        run.required = required;
        run.isForAll = isForAll;
        run.assignedBy = msg.sender;
        run.assignedAt = uint64(block.timestamp);
        emit TaskAssigned(runner.id, number, runner.name, task.name, required, isForAll);
    }

    function take(Runner storage runner, Run storage run, Part storage part, Report calldata given) private {
        Peer memory before = peerOf(part, given.index);
        if (before.state != given.state) {
            if (before.state >= PeerState.COMPLETE) revert PeerFinished(runner.name, given.index, before.state);
            part.states[before.state]--;
            part.states[given.state]++;
            if (given.state >= PeerState.COMPLETE) {
                run.active--;
                if (given.state == PeerState.COMPLETE) run.completed++;
                else run.failed++;
            }
        }
        part.peerOf[part.attempt][given.index] = Peer(given.state, uint64(block.timestamp), uint64(block.number));
        if (before.state != given.state || before.reportedBlock == 0) {
            emit PeerReported(runner.id, runner.run, msg.sender, runner.name, given.index, given.uid, given.state);
        }
        emit PeerDescribed(
            runner.id, runner.run, msg.sender, part.attempt, given.index, given.uid, given.description
        );
    }

    /// The peers of an earlier attempt do not count any more.
    function forget(Run storage run, Part storage part) private {
        run.enrolled -= part.peers;
        run.active -= part.states[PeerState.WAITING] + part.states[PeerState.RUNNING];
        run.completed -= part.states[PeerState.COMPLETE];
        run.failed -= part.states[PeerState.ERROR];
        delete part.states[PeerState.WAITING];
        delete part.states[PeerState.COMPLETE];
        delete part.states[PeerState.ERROR];
    }

    function runnable(string calldata name) private view returns (Task storage task) {
        task = finalised(name);
        if (task.taskType == TaskType.ROOT_TASK) revert NothingToRun(name);
    }
}
