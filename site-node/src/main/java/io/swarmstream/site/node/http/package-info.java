/**
 * The site node's HTTP interface for trainers and people: one class for each endpoint, which
 * describes itself; the OpenAPI document is made of what they say.
 */
@NullMarked
package io.swarmstream.site.node.http;

import org.jspecify.annotations.NullMarked;
