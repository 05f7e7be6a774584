package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Something that a network node has refused, once or repeatedly. */
public record RefusalInfo(
    @JsonPropertyDescription("Why, for programs, such as unknown-key or invitation-used.")
        String code,
    @JsonPropertyDescription("Why, for people, as the caller was told the last time.")
        String detail,
    @JsonPropertyDescription("Method and path of the request.") String request,
    @JsonPropertyDescription("Address that it came from.") String address,
    @JsonPropertyDescription("Key of the certificate that the caller has shown.")
        @Nullable String certificateKey,
    @JsonPropertyDescription("Name of the member with that key.") @Nullable String member,
    @JsonPropertyDescription("When it was refused first, ISO 8601.") String first,
    @JsonPropertyDescription("When it was refused last, ISO 8601.") String last,
    @JsonPropertyDescription("How often.") long count) {}
