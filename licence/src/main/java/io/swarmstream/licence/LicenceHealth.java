package io.swarmstream.licence;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How a licence server is. */
public record LicenceHealth(
    @JsonPropertyDescription("primary or secondary.") String role,
    @JsonPropertyDescription("Whether it gives leases.") boolean active,
    @JsonPropertyDescription("URL of the other server.") @Nullable String partner,
    @JsonPropertyDescription("Whether the other server has answered lately.")
        @Nullable Boolean partnerAnswers) {}
