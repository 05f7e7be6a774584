/** What a network node keeps on disk: keys and addresses, and nothing that only it knows. */
@NullMarked
package io.swarmstream.network.folder;

import org.jspecify.annotations.NullMarked;
