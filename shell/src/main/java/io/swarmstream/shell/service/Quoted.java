package io.swarmstream.shell.service;

/** A value as a line of the shell holds it, whatever is in it. */
final class Quoted {
  private Quoted() {}

  static String of(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
