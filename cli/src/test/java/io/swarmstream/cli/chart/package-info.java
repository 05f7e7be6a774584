/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.cli.chart;

import org.jspecify.annotations.NullMarked;
