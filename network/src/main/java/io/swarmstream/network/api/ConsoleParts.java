package io.swarmstream.network.api;

import io.swarmstream.clients.chain.ChainClient;
import io.swarmstream.clients.network.HealthInfo;
import io.swarmstream.network.console.ConsoleLogins;
import io.swarmstream.network.log.HeardNodes;
import io.swarmstream.network.members.SnapshotKeeper;
import java.util.function.Supplier;

/**
 * The parts of a program that the console's pages show, be it a network node or a local swarm.
 *
 * @param drafts of training contracts
 * @param logins who is logged in to the console
 * @param own whose program it is, and where
 */
public record ConsoleParts(
    ChainClient chain,
    SnapshotKeeper swarm,
    Drafts drafts,
    ReadingParts reading,
    HeardNodes nodes,
    EventStream events,
    Supplier<HealthInfo> health,
    RefusalLog refusals,
    ConsoleLogins logins,
    OwnNode own) {}
