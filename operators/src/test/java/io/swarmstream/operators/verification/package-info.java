@NullMarked
package io.swarmstream.operators.verification;

import org.jspecify.annotations.NullMarked;
