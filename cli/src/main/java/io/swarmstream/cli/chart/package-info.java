/** Draws charts as SVG, for reports that need no network and no script. */
@NullMarked
package io.swarmstream.cli.chart;

import org.jspecify.annotations.NullMarked;
