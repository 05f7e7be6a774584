package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** The parts of a swarm and how they are connected, as the node that answers knows them. */
public record TopologyInfo(
    @JsonPropertyDescription("What is down comes first, then what needs attention.")
        List<PartInfo> parts,
    @JsonPropertyDescription("Which part talks to which.") List<PartLink> links) {}
