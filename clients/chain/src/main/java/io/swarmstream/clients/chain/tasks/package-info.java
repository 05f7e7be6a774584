/**
 * Tasks and taskrunners: units of work that members describe on the chain, and that task agents of
 * other members run where their own rules allow it. {@link TaskBoard} is the whole of it.
 */
@NullMarked
package io.swarmstream.clients.chain.tasks;

import org.jspecify.annotations.NullMarked;
