package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom to invite. */
public record InvitationOrder(
    @JsonPropertyDescription(
            "Of the new member: 1 to 64 letters, digits, dots, dashes, underscores.")
        String name,
    @JsonPropertyDescription("site, network, job, owner, observer, agent, admin.")
        List<String> roles,
    @JsonPropertyDescription("Of the new member; none: its name.") @Nullable String organisation,
    @JsonPropertyDescription("Contract to enrol a new site in, or * for all; none: no contract.")
        @Nullable String contract,
    @JsonPropertyDescription("Greatest weight that the site may ask for; none: 1.")
        @Nullable Integer weight,
    @JsonPropertyDescription("Days in which the invitation can be used, 1 to 90; none: 7.")
        @Nullable Integer expiresDays,
    @JsonPropertyDescription("Whether an admin has to approve the new member; none: no.")
        @Nullable Boolean approval) {}
