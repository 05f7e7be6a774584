@NullMarked
package io.swarmstream.cli.demo.report;

import org.jspecify.annotations.NullMarked;
