/** The trainer against independent arithmetic, and whole swarms simulated without a network. */
@NullMarked
package io.swarmstream.examples.digits;

import org.jspecify.annotations.NullMarked;
