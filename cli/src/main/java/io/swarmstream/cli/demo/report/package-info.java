/**
 * The demo's report: one HTML file that needs nothing else, no script, no font, no network. Charts
 * are drawn here as SVG.
 */
@NullMarked
package io.swarmstream.cli.demo.report;

import org.jspecify.annotations.NullMarked;
