@NullMarked
package io.swarmstream.verification.replay;

import org.jspecify.annotations.NullMarked;
