/**
 * How a site becomes a member of a swarm by an invitation, and stays one: its folder, its
 * certificate, its account, and what it tells the network nodes while it runs.
 */
@NullMarked
package io.swarmstream.site.node.join;

import org.jspecify.annotations.NullMarked;
