/** What admins do with members: the same by a command, at the console, and through the API. */
@NullMarked
package io.swarmstream.network.govern;

import org.jspecify.annotations.NullMarked;
