/**
 * The site node's HTTP interface for trainers and people. Each endpoint is a class that describes
 * itself; {@code Endpoints} lists them, and the OpenAPI document is generated from their
 * descriptions. {@code Conversation} decides what is refused before a body is read, {@code Door}
 * who may come in.
 *
 * <p>To add an endpoint, write a class like {@code GetStatus} and add it to {@code Endpoints}. To
 * add a field to the status, add it to {@code StatusView}, and show it in the page, which is in
 * {@code console/}.
 */
@NullMarked
package io.swarmstream.site.node.http;

import org.jspecify.annotations.NullMarked;
