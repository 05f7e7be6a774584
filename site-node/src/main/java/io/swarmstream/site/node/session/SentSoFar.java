package io.swarmstream.site.node.session;

import io.swarmstream.site.TrainingReport;
import org.jspecify.annotations.Nullable;

/**
 * What has left the site in a session, since its node was started.
 *
 * @param contributions number of contributions
 * @param bytes of the records with the weights' differences, with those sent again
 * @param told what the newest contribution says besides; null: there is none
 */
public record SentSoFar(long contributions, long bytes, @Nullable TrainingReport told) {}
