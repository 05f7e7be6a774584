/** What runs one line: instructions, the session that they change, and what they say. */
@NullMarked
package io.swarmstream.shell.session;

import org.jspecify.annotations.NullMarked;
