@NullMarked
package io.swarmstream.operators.sealing;

import org.jspecify.annotations.NullMarked;
