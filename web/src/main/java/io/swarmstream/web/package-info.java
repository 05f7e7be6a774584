/** What our HTTP servers share: routes that describe themselves, problems, JSON, and mutual TLS. */
@NullMarked
package io.swarmstream.web;

import org.jspecify.annotations.NullMarked;
