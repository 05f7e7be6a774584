package io.swarmstream.clients.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What a network node offers to whoever shows a certificate of a registered authority. */
public record AdmissionTerms(
    @JsonPropertyDescription("Common name of the certificate; may be empty.") String name,
    @JsonPropertyDescription("To which the certificate's authority belongs.") String organisation,
    @JsonPropertyDescription("Roles that may be asked for.") List<String> roles,
    @JsonPropertyDescription("Number of the swarm's chain; a part of what a newcomer signs.")
        long chainId,
    @JsonPropertyDescription("Address of the smart contract; a part of what a newcomer signs.")
        String swarmMembers) {}
