package io.swarmstream.lab.bench.peers;

import java.nio.file.Path;
import java.util.List;

/** Finds a readable name for a process. */
final class ProcessName {
  private ProcessName() {}

  /**
   * The name from a command line: a Python module or script, a Java main class, else the program.
   */
  static String of(List<String> command) {
    if (command.isEmpty()) {
      return "unknown";
    }
    String program = fileName(command.get(0));
    if (program.startsWith("python")) {
      return python(command.subList(1, command.size()), program);
    }
    return program.equals("java") ? java(command.subList(1, command.size())) : program;
  }

  private static String python(List<String> arguments, String program) {
    int module = arguments.indexOf("-m");
    if (module >= 0 && module + 1 < arguments.size()) {
      return lastWord(arguments.get(module + 1));
    }
    return arguments.stream()
        .filter(argument -> !argument.startsWith("-"))
        .findFirst()
        .map(ProcessName::fileName)
        .orElse(program);
  }

  private static String java(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("-cp") || argument.equals("-classpath")) {
        i++; // skips the option's value
      } else if (!argument.startsWith("-")) {
        return lastWord(argument);
      }
    }
    return "java";
  }

  private static String lastWord(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String fileName(String path) {
    return String.valueOf(Path.of(path).getFileName());
  }
}
