/** Tests of the API, beside its package. */
@NullMarked
package io.swarmstream.network.api;

import org.jspecify.annotations.NullMarked;
