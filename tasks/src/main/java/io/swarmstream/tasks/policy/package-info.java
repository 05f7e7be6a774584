/**
 * What the owner of a host lets tasks do there: {@link RunPolicy} judges a {@link PolicyRequest}.
 */
@NullMarked
package io.swarmstream.tasks.policy;

import org.jspecify.annotations.NullMarked;
