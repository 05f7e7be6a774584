/** Creates training contracts: drafts, terms, and the owner who sends them to the chain. */
@NullMarked
package io.swarmstream.contracts;

import org.jspecify.annotations.NullMarked;
