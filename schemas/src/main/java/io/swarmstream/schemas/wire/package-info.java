/** Topics and the framed records in them, as they are read from and written to a log. */
@NullMarked
package io.swarmstream.schemas.wire;

import org.jspecify.annotations.NullMarked;
