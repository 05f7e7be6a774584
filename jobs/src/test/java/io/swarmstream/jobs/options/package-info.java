@NullMarked
package io.swarmstream.jobs.options;

import org.jspecify.annotations.NullMarked;
