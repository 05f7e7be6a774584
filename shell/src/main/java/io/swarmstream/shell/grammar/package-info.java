/**
 * The syntax of commands as data: parsing, help, completion, messages and the page of railroad
 * diagrams are made from it.
 */
@NullMarked
package io.swarmstream.shell.grammar;

import org.jspecify.annotations.NullMarked;
