/** Text files that people write. */
@NullMarked
package io.swarmstream.schemas.text;

import org.jspecify.annotations.NullMarked;
