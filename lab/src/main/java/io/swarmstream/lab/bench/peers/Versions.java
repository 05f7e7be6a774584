package io.swarmstream.lab.bench.peers;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.lab.bench.python.PeerEnvironment;
import java.io.IOException;
import java.util.Map;

/** Reads the versions of the installed packages. */
public final class Versions {
  private Versions() {}

  /** Versions by package, as the interpreter reports them. */
  public static Map<String, String> of(PeerEnvironment python) throws IOException {
    Process process =
        new ProcessBuilder(
                python.python().toString(), python.script("peers/versions.py").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return new ObjectMapper().readValue(process.getInputStream(), new TypeReference<>() {});
    } finally {
      process.destroyForcibly();
    }
  }
}
