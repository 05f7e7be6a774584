package io.swarmstream.tasks.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The environment of a program: nothing of this process's but how to reach package indexes. */
final class CleanEnvironment {
  /** How this host reaches others, and where pip looks; builds need it. */
  private static final List<String> HOST =
      List.of(
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "PIP_CONFIG_FILE",
          "PIP_INDEX_URL",
          "PIP_CERT",
          "SSL_CERT_FILE",
          "REQUESTS_CA_BUNDLE");

  private CleanEnvironment() {}

  /** Fills the environment of a build's program. */
  static void put(
      Map<String, String> target,
      PythonEnvironment environment,
      Path home,
      Map<String, String> variables) {
    Map<String, String> own = Map.copyOf(target);
    target.clear();
    for (String name : HOST) {
      String value = own.get(name);
      if (value != null) {
        target.put(name, value);
      }
    }
    basics(target, environment, home);
    target.putAll(variables);
    putPath(target, environment, variables);
  }

  /** What every program needs. */
  static void basics(Map<String, String> target, PythonEnvironment environment, Path home) {
    target.put("HOME", home.toString());
    target.put("LANG", "C.UTF-8");
    target.put("VIRTUAL_ENV", environment.venv().toString());
    target.put("PYTHONUNBUFFERED", "1");
  }

  /** The environment's programs come first, whatever a step says. */
  static void putPath(
      Map<String, String> target, PythonEnvironment environment, Map<String, String> variables) {
    String more = variables.getOrDefault("PATH", "");
    String bin = environment.venv().resolve("bin").toString();
    String path = bin + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    target.put("PATH", more.isBlank() ? path : path + ":" + more);
  }
}
