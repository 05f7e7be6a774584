@NullMarked
package io.swarmstream.site.node;

import org.jspecify.annotations.NullMarked;
