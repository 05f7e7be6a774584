/**
 * The door: what comes from a site is checked here against chain, hash and signature, before
 * anything is kept.
 */
@NullMarked
package io.swarmstream.operators.admission;

import org.jspecify.annotations.NullMarked;
