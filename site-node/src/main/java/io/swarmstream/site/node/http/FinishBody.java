package io.swarmstream.site.node.http;

import org.jspecify.annotations.Nullable;

/** Reports that the trainer has finished. */
record FinishBody(
    @Doc(
            value =
                "What the node contributes until the training is over: snapshot, active or inactive. Default: as the session says.",
            optional = true)
        @Nullable String checkIn,
    @Doc(value = "Longest wait for one round. Default: 3600.", optional = true)
        @Nullable Long deadlineSeconds) {}
