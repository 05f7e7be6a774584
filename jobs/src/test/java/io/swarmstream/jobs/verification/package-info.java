@NullMarked
package io.swarmstream.jobs.verification;

import org.jspecify.annotations.NullMarked;
