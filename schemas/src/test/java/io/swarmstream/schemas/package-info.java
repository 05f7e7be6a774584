@NullMarked
package io.swarmstream.schemas;

import org.jspecify.annotations.NullMarked;
