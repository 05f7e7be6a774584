@NullMarked
package io.swarmstream.schemas.masking;

import org.jspecify.annotations.NullMarked;
