@NullMarked
package io.swarmstream.site.node.http;

import org.jspecify.annotations.NullMarked;
