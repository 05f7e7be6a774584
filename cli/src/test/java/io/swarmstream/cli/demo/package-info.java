@NullMarked
package io.swarmstream.cli.demo;

import org.jspecify.annotations.NullMarked;
