package io.swarmstream.shell.grammar;

/**
 * A word of a line.
 *
 * @param text without its quotes
 * @param start index of its first character, a quote if it is quoted
 * @param end index after its last character
 */
record Token(String text, int start, int end, boolean isQuoted) {}
