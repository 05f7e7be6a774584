// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ISwarmMembers} from "./ISwarmMembers.sol";
import {MemberRegistry} from "./MemberRegistry.sol";

/// @title The keys of members' certificates, and the change of accounts
abstract contract MemberKeys is MemberRegistry {
    uint256 private constant MAX_SPIFFE_ID_BYTES = 255;
    uint256 private constant SIGNATURE_BYTES = 65;

    /// @inheritdoc ISwarmMembers
    mapping(bytes32 keyHash => bool) public isKeyRevoked;

    /// @inheritdoc ISwarmMembers
    function bindKey(Binding calldata binding) external {
        Member storage member = present(binding.account);
        // The key that an admin compares before it approves must not change meanwhile.
        if (member.status == Status.PENDING) revert WrongStatus(binding.account, member.status);
        bind(member, binding);
    }

    /// @inheritdoc ISwarmMembers
    function revokeKey(bytes32 keyHash) external {
        if (keyHash == 0) revert ZeroHash("keyHash");
        if (isKeyRevoked[keyHash]) revert KeyIsRevoked(keyHash);
        address account = accountOfKey[keyHash];
        if (account != msg.sender) {
            requireRole(ADMIN);
            if (!isAgreed(registry[account].roles)) return;
        }
        isKeyRevoked[keyHash] = true;
        if (account != address(0)) {
            delete accountOfKey[keyHash];
            delete registry[account].keyHash;
        }
        emit KeyRevoked(keyHash, account);
    }

    /// @inheritdoc ISwarmMembers
    function rotateAccount(
        address previousAccount,
        address account,
        bytes calldata previousSignature,
        bytes calldata signature
    ) external {
        Member storage previous = present(previousAccount);
        requireNew(account);
        if (registry[account].status != Status.NONE) revert MemberExists(account, registry[account].status);
        bytes32 digest = rotationDigest(previousAccount, account);
        requireSignature(previousAccount, digest, previousSignature);
        requireSignature(account, digest, signature);

        Member storage member = registry[account];
        registry[account] = previous;
        member.account = account;
        // The first binding of the new account has to be its own.
        member.nonce = 0;
        accountOfName[keccak256(bytes(member.name))] = account;
        if (member.keyHash != 0) accountOfKey[member.keyHash] = account;
        if (bytes(member.spiffeId).length != 0) accountOfSpiffeId[keccak256(bytes(member.spiffeId))] = account;
        for (uint256 i = 0; i < accounts.length; i++) {
            if (accounts[i] == previousAccount) accounts[i] = account;
        }
        delete registry[previousAccount];
        successorOf[previousAccount] = account;
        emit AccountRotated(previousAccount, account, member.name);
    }

    /// @inheritdoc ISwarmMembers
    function bindingDigest(address account, bytes32 keyHash, string calldata spiffeId)
        public
        view
        returns (bytes32)
    {
        return personal(
            keccak256(
                abi.encode(
                    "swarmstream binding",
                    block.chainid,
                    address(this),
                    account,
                    registry[account].nonce,
                    keyHash,
                    keccak256(bytes(spiffeId))
                )
            )
        );
    }

    /// @inheritdoc ISwarmMembers
    function rotationDigest(address previousAccount, address account) public view returns (bytes32) {
        return personal(
            keccak256(
                abi.encode(
                    "swarmstream rotation",
                    block.chainid,
                    address(this),
                    previousAccount,
                    registry[previousAccount].nonce,
                    account
                )
            )
        );
    }

    /// Checks the account's signature, and gives the key to the member.
    function bind(Member storage member, Binding calldata binding) internal {
        requireSignature(
            binding.account,
            bindingDigest(binding.account, binding.keyHash, binding.spiffeId),
            binding.signature
        );
        uint256 length = bytes(binding.spiffeId).length;
        requireLength("spiffeId", length, 0, MAX_SPIFFE_ID_BYTES);
        if (binding.keyHash == 0 && length == 0) revert NothingToBind(binding.account);
        if (isKeyRevoked[binding.keyHash]) revert KeyIsRevoked(binding.keyHash);

        unbind(member);
        member.nonce++;
        if (binding.keyHash != 0) own(member, binding.keyHash);
        if (length != 0) {
            bytes32 idHash = keccak256(bytes(binding.spiffeId));
            address other = accountOfSpiffeId[idHash];
            if (other != address(0)) revert SpiffeIdAlreadyBound(binding.spiffeId, other);
            accountOfSpiffeId[idHash] = binding.account;
            member.spiffeId = binding.spiffeId;
        }
        emit KeyBound(binding.account, member.name, binding.keyHash, binding.spiffeId);
    }

    function own(Member storage member, bytes32 keyHash) internal {
        address other = accountOfKey[keyHash];
        if (other != address(0)) revert KeyAlreadyBound(keyHash, other);
        accountOfKey[keyHash] = member.account;
        member.keyHash = keyHash;
    }

    function requireNew(address account) internal view {
        if (account == address(0)) revert ZeroAddress("account");
        address successor = successorOf[account];
        if (successor != address(0)) revert AccountWasRotated(account, successor);
    }

    function requireSignature(address account, bytes32 digest, bytes calldata signature) private pure {
        address signer = address(0);
        if (signature.length == SIGNATURE_BYTES) {
            // A second form of the same signature exists, but the nonce lets only one of them in.
            signer = ecrecover(
                digest, uint8(signature[64]), bytes32(signature[:32]), bytes32(signature[32:64])
            );
        }
        if (signer == address(0) || signer != account) revert WrongSignature(account, signer);
    }

    function personal(bytes32 hash) private pure returns (bytes32) {
        return keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", hash));
    }
}
