package io.swarmstream.site.node.http;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.swarmstream.web.Mandatory;
import org.jspecify.annotations.Nullable;

/** The owner's answer about a contract. */
record ApprovalBody(
    @JsonPropertyDescription("Whether the site may train for the contract.") @Mandatory
        @Nullable Boolean approved) {}
