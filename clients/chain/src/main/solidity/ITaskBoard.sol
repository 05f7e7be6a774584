// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Tasks that members describe, and who runs them
/// @notice A task says what is to be done; a taskrunner is a place where one task at a time is done by agents of other members.
/// OWNER or ADMIN members write tasks and assign them, AGENT members enrol and report.
/// @dev WARNING: a task is code of somebody else's. Nothing here says that it is harmless, and `author` is a text that anybody
/// may write: an agent decides by `account` and by its own rules what it runs.
/// @dev WARNING: everything here is public for ever: bodies, names of images, descriptions of failures. Write no passwords.
/// @dev Bodies and descriptions are in events only, for they may be long. Storage has the blocks to look for them in.
interface ITaskBoard {
    enum TaskType {
        ROOT_TASK,
        RUN_SWARM,
        MAKE_USER_CONTAINER,
        PULL_IMAGE,
        MAKE_SWARM_USER_CONTENT
    }

    enum PeerState {
        WAITING,
        RUNNING,
        COMPLETE,
        ERROR
    }

    /// @notice IDLE: nothing is assigned. COMPLETE: as many peers as required have completed and none is active. ERROR: a peer
    /// has failed, none is active, too few have completed, and nobody is expected who could still complete. Else RUNNING.
    enum RunState {
        IDLE,
        RUNNING,
        COMPLETE,
        ERROR
    }

    /// @param id Place in the list of tasks, which events name it by: a name becomes free when its task is deleted.
    /// @param account That created it; after a rotation, the present one.
    /// @param prerequisite Name of a finalised task.
    /// @param bodyHash SHA-256 of the lines joined by line feeds; zero before the task is finalised. WARNING: whoever finalised
    /// says so; readers check it.
    /// @param writes Number of TaskBodyWritten events; `writtenBytes`: the length of their texts.
    /// @param writesHash Of all writes, each over the one before: writesHash = keccak256(abi.encode(writesHash, from, count,
    /// keccak256(text))). Proves what a node gives as the task's events.
    /// @param firstBodyBlock Block of the first write; zero: none. `lastBodyBlock` has the last one.
    struct Task {
        uint32 id;
        TaskType taskType;
        bool isFinalised;
        bool isDeleted;
        uint32 bodyLines;
        uint32 writes;
        uint32 writtenBytes;
        address account;
        uint64 createdAt;
        uint64 firstBodyBlock;
        uint64 lastBodyBlock;
        bytes32 bodyHash;
        bytes32 writesHash;
        string name;
        string author;
        string prerequisite;
        string outcome;
    }

    /// @param id Place in the list of taskrunners, which events name it by.
    /// @param run Counts assignments from 1; 0: there was none. The values after it are of that run, and zero when IDLE.
    /// @param required Peers that have to complete.
    /// @param isForAll Whether all registered agents are called, not only targets.
    /// @param active Enrolled peers that wait or run.
    struct Taskrunner {
        uint32 id;
        string name;
        RunState state;
        uint64 run;
        string task;
        TaskType taskType;
        uint32 required;
        bool isForAll;
        address assignedBy;
        uint64 assignedAt;
        uint32 enrolled;
        uint32 active;
        uint32 completed;
        uint32 failed;
        uint64 changedAt;
    }

    /// @param sites That it can run; 0: it has withdrawn, or is no active member with the role AGENT.
    struct Agent {
        address account;
        uint32 sites;
    }

    /// @param reportedBlock Where PeerDescribed is; zero: it was not reported.
    struct Peer {
        PeerState state;
        uint64 reportedAt;
        uint64 reportedBlock;
    }

    /// @param attempt 1, and one more each time the agent was targeted again after it had enrolled.
    struct Enrolment {
        address account;
        uint32 attempt;
        uint64 enrolledAt;
        Peer[] peers;
    }

    /// @param index Of the site at its agent, from 0.
    /// @param uid Name of the site's member, or of the agent's; 0 to 160 bytes.
    /// @param description 0 to 65,536 bytes.
    struct Report {
        uint32 index;
        PeerState state;
        string uid;
        string description;
    }

    event TaskCreated(
        uint256 indexed id, string name, TaskType taskType, string author, string prerequisite, string outcome
    );
    event TaskBodyChanged(uint256 indexed id, string name, uint32 from, uint32 count);
    /// @notice The text of what TaskBodyChanged says: `count` lines joined by line feeds.
    event TaskBodyWritten(uint256 indexed id, uint32 from, uint32 count, string text);
    event TaskFinalised(uint256 indexed id, string name, bytes32 bodyHash, uint32 bodyLines);
    event TaskDeleted(uint256 indexed id, string name);
    event TaskrunnerCreated(uint256 indexed runner, string name);
    event TaskAssigned(
        uint256 indexed runner, uint64 indexed run, string taskrunner, string task, uint32 required, bool isForAll
    );
    /// @notice The agent is asked to enrol for this attempt.
    event AgentTargeted(
        uint256 indexed runner,
        uint64 indexed run,
        address indexed agent,
        string taskrunner,
        string task,
        uint32 attempt
    );
    event TaskrunnerReset(uint256 indexed runner, uint64 indexed run, string taskrunner);
    event AgentRegistered(uint256 indexed runner, address indexed agent, string taskrunner, uint32 sites);
    event AgentEnrolled(
        uint256 indexed runner,
        uint64 indexed run,
        address indexed agent,
        string taskrunner,
        uint32 attempt,
        uint32 peers
    );
    /// @notice A peer was reported for the first time, or with another state.
    event PeerReported(
        uint256 indexed runner,
        uint64 indexed run,
        address indexed agent,
        string taskrunner,
        uint32 index,
        string uid,
        PeerState peerState
    );
    /// @notice Every report.
    event PeerDescribed(
        uint256 indexed runner,
        uint64 indexed run,
        address indexed agent,
        uint32 attempt,
        uint32 index,
        string uid,
        string description
    );

    /// @notice The caller is no active member with one of these roles.
    error MissingRole(address caller, uint32 roles);
    error LengthOutOfRange(string what, uint256 length, uint256 max);
    error NumberOutOfRange(string what, uint256 value, uint256 min, uint256 max);
    /// @notice Names reach terminals and logs, which must not obey them.
    error ControlCharacter(string what, uint256 place);
    error TaskExists(string name, address account);
    error UnknownTask(string name);
    error NotTaskOwner(string name, address caller, address account);
    error TaskIsFinalised(string name);
    error TaskNotFinalised(string name);
    /// @notice There was a write after the one that was hashed.
    error BodyChanged(string name);
    error LineGap(string name, uint256 from, uint256 lines);
    /// @notice Tasks of the type ROOT_TASK are neither created nor assigned.
    error NothingToRun(string name);
    error TaskrunnerExists(string name);
    error UnknownTaskrunner(string name);
    error TaskrunnerBusy(string taskrunner, string task, uint64 run, uint64 assignedAt);
    /// @notice `present` is the run that goes on; 0: none.
    error RunIsOver(string taskrunner, uint64 run, uint64 present);
    error NotRegistered(string taskrunner, address agent);
    error NotCalled(string taskrunner, address agent, uint64 run);
    error NotEnrolled(string taskrunner, address agent, uint64 run);
    error PeerFinished(string taskrunner, uint256 index, PeerState state);
    error TooManyAgents(string taskrunner, uint256 max);

    /// @notice Creates a task with an empty body. Only for OWNER and ADMIN members.
    /// @param name 1 to 160 bytes without control characters, as are `author` and `outcome`; unique.
    /// @param prerequisite A finalised task.
    function createTask(
        string calldata name,
        TaskType taskType,
        string calldata author,
        string calldata prerequisite,
        string calldata outcome
    ) external;

    /// @notice Adds lines, or writes over them. Only for the task's account and for admins, as are the two below.
    /// @dev WARNING: nobody counts the line feeds here. A text of another number of lines makes a task that no reader takes.
    /// @param from 1 to the number of lines plus 1; a body has at most 100,000 lines.
    /// @param count Lines in `text`.
    /// @param text At most 98,304 bytes; 8 MiB in all writes of a task.
    function writeBody(string calldata name, uint32 from, uint32 count, string calldata text) external;

    /// @notice Freezes a task for ever.
    /// @param bodyHash SHA-256 of the body's lines joined by line feeds.
    /// @param writesHash Of the writes that make this body; where another came since, nothing is frozen.
    function finaliseTask(string calldata name, bytes32 bodyHash, bytes32 writesHash) external;

    /// @notice Removes a task that is not finalised; its name becomes free.
    function deleteTask(string calldata name) external;

    /// @notice Only for OWNER and ADMIN members, as are the three below.
    /// @param name 1 to 160 bytes without control characters; unique.
    function createTaskrunner(string calldata name) external;

    /// @notice Calls all registered agents, those who register later, too.
    /// @param required 1 to 10,000 peers: sites for RUN_SWARM, else agents.
    function assign(string calldata taskrunner, string calldata task, uint32 required) external returns (uint64 run);

    /// @notice Calls one registered agent. Where the same task is RUNNING or in ERROR the agent joins that run, or tries again.
    function assignTo(string calldata taskrunner, string calldata task, address agent) external returns (uint64 run);

    /// @notice Makes a taskrunner IDLE, whatever it does. Agents stop what they run for it.
    function resetTaskrunner(string calldata taskrunner) external;

    /// @notice Says how many sites the caller can run for a taskrunner; 0 withdraws it. Only for AGENT members.
    function register(string calldata taskrunner, uint32 sites) external;

    /// @notice Takes part in the present run, once for each time the caller was called. Only for AGENT members.
    /// @param peers 1 to 256 sites for RUN_SWARM, else 1.
    function enrol(string calldata taskrunner, uint64 run, uint32 peers) external;

    /// @notice Says how the caller's peers are. Only for agents who have enrolled. COMPLETE and ERROR are final in an attempt;
    /// the description may change.
    function report(string calldata taskrunner, uint64 run, Report[] calldata reports) external;

    /// @notice Tasks in the order of their creation, deleted ones too, beginning with the `from`-th; fewer than `count` at the
    /// end.
    function tasks(uint256 from, uint256 count) external view returns (Task[] memory);

    /// @notice The task with this name; one without a name where there is none.
    function taskOf(string calldata name) external view returns (Task memory);

    function taskrunners(uint256 from, uint256 count) external view returns (Taskrunner[] memory);

    /// @notice The taskrunner with this name; one without a name where there is none.
    function taskrunnerOf(string calldata name) external view returns (Taskrunner memory);

    /// @notice Agents in the order in which they registered first.
    function agentsOf(string calldata taskrunner, uint256 from, uint256 count) external view returns (Agent[] memory);

    /// @notice Who has enrolled in a run, in that order; runs that are over, too.
    function enrolmentsOf(string calldata taskrunner, uint64 run, uint256 from, uint256 count)
        external
        view
        returns (Enrolment[] memory);

    /// @notice The attempt that an agent has to enrol for, or has enrolled for; 0: it is not called in the present run.
    function calledOf(string calldata taskrunner, address agent) external view returns (uint32);
}
