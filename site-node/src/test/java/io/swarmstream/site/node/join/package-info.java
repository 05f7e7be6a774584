/** Tests of the package of the same name. */
@NullMarked
package io.swarmstream.site.node.join;

import org.jspecify.annotations.NullMarked;
