@NullMarked
package io.swarmstream.site.node.contract;

import org.jspecify.annotations.NullMarked;
