/**
 * Who is logged in to the web console: one-time links, and the sessions that they open. In memory
 * only.
 */
@NullMarked
package io.swarmstream.network.console;

import org.jspecify.annotations.NullMarked;
