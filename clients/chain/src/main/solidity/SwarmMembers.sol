// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MemberInvitations} from "./MemberInvitations.sol";

/// @title The members of one swarm
contract SwarmMembers is MemberInvitations {
    /// @notice The deployer becomes the first member, with all roles.
    /// @param keyHash Of the founder's certificate; zero: it binds one later.
    /// @param authority DER of the founder's certificate authority; empty: none.
    constructor(string memory organisation, string memory name, bytes32 keyHash, bytes memory authority) {
        requireLength("name", bytes(name).length, 1, MAX_NAME_BYTES);
        requireLength("organisation", bytes(organisation).length, 1, MAX_NAME_BYTES);
        Member storage founder = registry[msg.sender];
        founder.account = msg.sender;
        founder.name = name;
        founder.organisation = organisation;
        accounts.push(msg.sender);
        accountOfName[keccak256(bytes(name))] = msg.sender;
        change(founder, Status.ACTIVE, ALL_ROLES);
        emit MemberAdmitted(msg.sender, 0, name, organisation, ALL_ROLES, Status.ACTIVE);
        if (keyHash != 0) {
            own(founder, keyHash);
            // A key that is bound without a signature counts as the first binding all the same.
            founder.nonce = 1;
            emit KeyBound(msg.sender, name, keyHash, "");
        }
        if (authority.length != 0) trust(organisation, authority);
    }
}
