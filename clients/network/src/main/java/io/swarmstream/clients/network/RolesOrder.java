package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What a member may do from now on. */
public record RolesOrder(
    @JsonPropertyDescription("admin, owner, site, agent, observer, network, job.")
        List<String> roles) {}
