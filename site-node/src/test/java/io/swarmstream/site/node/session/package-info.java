@NullMarked
package io.swarmstream.site.node.session;

import org.jspecify.annotations.NullMarked;
