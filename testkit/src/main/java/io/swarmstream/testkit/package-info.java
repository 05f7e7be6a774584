/**
 * Fakes and seeded generators shared by the tests of all modules: contracts that exist in memory
 * only, sites with keys made from seeds, honest contributions and the ways to spoil them.
 */
@NullMarked
package io.swarmstream.testkit;

import org.jspecify.annotations.NullMarked;
