/**
 * What a module may import. Each module's {@code ArchitectureTest} states its law and checks it.
 */
@NullMarked
package io.swarmstream.testkit.laws;

import org.jspecify.annotations.NullMarked;
