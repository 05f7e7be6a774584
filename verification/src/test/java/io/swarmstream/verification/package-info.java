@NullMarked
package io.swarmstream.verification;

import org.jspecify.annotations.NullMarked;
