// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISwarmMembers} from "./ISwarmMembers.sol";
import {ITaskBoard} from "./ITaskBoard.sol";

/// @title Tasks and their bodies
abstract contract BoardTasks is ITaskBoard {
    uint32 internal constant ADMIN = 1;
    uint32 internal constant OWNER = 2;
    uint32 internal constant AGENT = 8;
    uint256 internal constant MAX_TEXT_BYTES = 160;
    uint256 private constant MAX_WRITE_BYTES = 98_304;
    uint256 private constant MAX_LINES = 100_000;
    /// These two bound what readers have to replay.
    uint256 private constant MAX_WRITES = 20_000;
    uint256 private constant MAX_WRITTEN_BYTES = 8_388_608;

    /// @notice Says who may do what.
    ISwarmMembers public immutable members;

    Task[] internal board;
    /// Place in `board` plus one; 0: unknown.
    mapping(bytes32 nameHash => uint256) private placeOfTask;

    constructor(ISwarmMembers members_) {
        members = members_;
    }

    /// @inheritdoc ITaskBoard
    function createTask(
        string calldata name,
        TaskType taskType,
        string calldata author,
        string calldata prerequisite,
        string calldata outcome
    ) external {
        requireRole(ADMIN | OWNER);
        requireText("name", name);
        requireText("author", author);
        requireText("outcome", outcome);
        if (taskType == TaskType.ROOT_TASK) revert NothingToRun(name);
        uint256 place = placeOfTask[keccak256(bytes(name))];
        if (place != 0) revert TaskExists(name, presentAccount(board[place - 1].account));
        finalised(prerequisite);
        add(name, taskType, author, prerequisite, outcome);
    }

    /// @inheritdoc ITaskBoard
    function writeBody(string calldata name, uint32 from, uint32 count, string calldata text) external {
        Task storage task = ownTask(name);
        if (from == 0 || from > uint256(task.bodyLines) + 1) revert LineGap(name, from, task.bodyLines);
        requireNumber("count", count, 1, MAX_LINES);
        uint256 last = uint256(from) + count - 1;
        requireNumber("lines", last, 1, MAX_LINES);
        requireNumber("writes", uint256(task.writes) + 1, 1, MAX_WRITES);
        requireLength("text", bytes(text).length, 0, MAX_WRITE_BYTES);
        uint256 bytes_ = uint256(task.writtenBytes) + bytes(text).length;
        requireNumber("bytes", bytes_, 0, MAX_WRITTEN_BYTES);
        task.writtenBytes = uint32(bytes_);
        if (last > task.bodyLines) task.bodyLines = uint32(last);
        if (task.writes == 0) task.firstBodyBlock = uint64(block.number);
        task.lastBodyBlock = uint64(block.number);
        task.writes++;
        task.writesHash = keccak256(abi.encode(task.writesHash, from, count, keccak256(bytes(text))));
        emit TaskBodyChanged(task.id, name, from, count);
        emit TaskBodyWritten(task.id, from, count, text);
    }

    /// @inheritdoc ITaskBoard
    function finaliseTask(string calldata name, bytes32 bodyHash, bytes32 writesHash) external {
        Task storage task = ownTask(name);
        if (task.writesHash != writesHash) revert BodyChanged(name);
        finalise(task, bodyHash);
    }

    /// @inheritdoc ITaskBoard
    function deleteTask(string calldata name) external {
        Task storage task = ownTask(name);
        task.isDeleted = true;
        delete placeOfTask[keccak256(bytes(name))];
        emit TaskDeleted(task.id, name);
    }

    /// @inheritdoc ITaskBoard
    function tasks(uint256 from, uint256 count) external view returns (Task[] memory page) {
        page = new Task[](pageSize(board.length, from, count));
        for (uint256 i = 0; i < page.length; i++) {
            page[i] = read(board[from + i]);
        }
    }

    /// @inheritdoc ITaskBoard
    function taskOf(string calldata name) external view returns (Task memory found) {
        uint256 place = placeOfTask[keccak256(bytes(name))];
        if (place != 0) found = read(board[place - 1]);
    }

    function add(
        string memory name,
        TaskType taskType,
        string memory author,
        string memory prerequisite,
        string memory outcome
    ) internal returns (Task storage task) {
        uint32 id = uint32(board.length);
        task = board.push();
        placeOfTask[keccak256(bytes(name))] = board.length;
        task.id = id;
        task.taskType = taskType;
        task.account = msg.sender;
        task.createdAt = uint64(block.timestamp);
        task.name = name;
        task.author = author;
        task.prerequisite = prerequisite;
        task.outcome = outcome;
        emit TaskCreated(id, name, taskType, author, prerequisite, outcome);
    }

    function finalise(Task storage task, bytes32 bodyHash) internal {
        task.isFinalised = true;
        task.bodyHash = bodyHash;
        emit TaskFinalised(task.id, task.name, bodyHash, task.bodyLines);
    }

    function finalised(string calldata name) internal view returns (Task storage task) {
        task = presentTask(name);
        if (!task.isFinalised) revert TaskNotFinalised(name);
    }

    function presentTask(string calldata name) private view returns (Task storage) {
        uint256 place = placeOfTask[keccak256(bytes(name))];
        if (place == 0) revert UnknownTask(name);
        return board[place - 1];
    }

    /// A task that the caller may change.
    function ownTask(string calldata name) private view returns (Task storage task) {
        requireRole(ADMIN | OWNER);
        task = presentTask(name);
        address account = presentAccount(task.account);
        if (account != msg.sender && !members.hasRole(msg.sender, ADMIN)) {
            revert NotTaskOwner(name, msg.sender, account);
        }
        if (task.isFinalised) revert TaskIsFinalised(name);
    }

    function read(Task storage task) private view returns (Task memory copy) {
        copy = task;
        copy.account = presentAccount(copy.account);
    }

    /// The account that a membership is at now, after all its moves.
    function presentAccount(address account) private view returns (address) {
        address next = members.successorOf(account);
        while (next != address(0)) {
            account = next;
            next = members.successorOf(account);
        }
        return account;
    }

    function requireRole(uint32 roles) internal view {
        if (!members.hasRole(msg.sender, roles)) revert MissingRole(msg.sender, roles);
    }

    /// Some of the text is printed by whoever reads it.
    function requireText(string memory what, string calldata text) internal pure {
        uint256 length = bytes(text).length;
        requireLength(what, length, 1, MAX_TEXT_BYTES);
        for (uint256 i = 0; i < length; i++) {
            bytes1 character = bytes(text)[i];
            if (character < 0x20 || character == 0x7f) revert ControlCharacter(what, i);
        }
    }

    function requireLength(string memory what, uint256 length, uint256 min, uint256 max) internal pure {
        if (length < min || length > max) revert LengthOutOfRange(what, length, max);
    }

    function requireNumber(string memory what, uint256 value, uint256 min, uint256 max) internal pure {
        if (value < min || value > max) revert NumberOutOfRange(what, value, min, max);
    }

    function pageSize(uint256 length, uint256 from, uint256 count) internal pure returns (uint256) {
        uint256 rest = from < length ? length - from : 0;
        return count < rest ? count : rest;
    }
}
