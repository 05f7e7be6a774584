/**
 * Builds the demo's report: one self-contained HTML file, without scripts, fonts or network access.
 * Charts are drawn as SVG.
 */
@NullMarked
package io.swarmstream.cli.demo.report;

import org.jspecify.annotations.NullMarked;
