/** The trainer against independent arithmetic, and whole swarms simulated without a network. */
@NullMarked
package io.swarmstream.site.trainer;

import org.jspecify.annotations.NullMarked;
