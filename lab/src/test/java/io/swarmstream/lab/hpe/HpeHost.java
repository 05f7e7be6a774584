package io.swarmstream.lab.hpe;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.identity.Authorities;
import io.swarmstream.identity.CertificateAuthority;
import io.swarmstream.identity.IdentityFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A host of HPE Swarm Learning's users: an authority of its own, certificates, a folder with the
 * authorities of all hosts, and the scripts.
 */
public final class HpeHost {
  private static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  public final Path folder;
  final CertificateAuthority authority;
  private final Path swarm;

  public HpeHost(Path folder, String organisation) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.authority = CertificateAuthority.create(folder.resolve("authority"), organisation);
    this.swarm = folder.resolve("swarm-command");
    Files.createDirectories(folder.resolve("cacert"));
    Files.writeString(
        swarm,
        "#!/bin/sh\nexec %s/bin/java -Xmx300m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                .formatted(System.getProperty("java.home"))
            + " --add-opens=java.base/java.util=ALL-UNNAMED '-Dswarm.home=%s' -cp '%s'"
                .formatted(ROOT, System.getProperty("java.class.path"))
            + " io.swarmstream.cli.SwarmCommand \"$@\"\n");
    assertThat(swarm.toFile().setExecutable(true)).isTrue();
  }

  /** As people do by scp. */
  public void accept(HpeHost other) throws IOException {
    Files.writeString(
        folder.resolve("cacert").resolve(other.folder.getFileName() + "-ca.pem"),
        Authorities.pem(List.of(other.authority.certificate())));
  }

  /** Makes a certificate, and returns the options that name it. */
  public List<String> certificate(String name) throws IOException {
    Path made = folder.resolve("cert").resolve(name);
    IdentityFolder.at(made).write(authority.issueFor(name, List.of("localhost", "127.0.0.1")));
    return List.of(
        "--cert=" + made.resolve("cert.pem"),
        "--key=" + made.resolve("key.pem"),
        "--capath=" + folder.resolve("cacert"));
  }

  /** Makes certificates of an authority as HPE's users do. */
  public void genCert(int index) throws Exception {
    String unused = good("gen-cert", List.of("-e", "digits", "-i", "" + index, "-n", "127.0.0.1"));
  }

  /** Where {@link #genCert} has put a certificate, or a key, or the authorities. */
  public Path certificates(String name) {
    return folder.resolve("workspace/digits/cert").resolve(name);
  }

  /** The options that name a program's certificate of {@link #genCert}. */
  public List<String> certificate(String program, int index) {
    return List.of(
        "--cert=" + certificates(program + "-" + index + "-cert.pem"),
        "--key=" + certificates(program + "-" + index + "-key.pem"),
        "--capath=" + certificates("ca/capath"));
  }

  /** What a script did. */
  public record Ended(int status, String printed) {}

  /** Runs one of the scripts to its end. */
  public Ended run(String script, List<String> certificate, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("deploy/hpe/bin").resolve(script).toString());
    command.addAll(certificate);
    command.addAll(List.of(options));
    return run(command, Map.of());
  }

  /** Runs any program to its end, in the environment of the scripts. */
  public Ended run(List<String> command, Map<String, String> more) throws Exception {
    Path output = Files.createTempFile(folder, "out-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile());
    builder.environment().put("SWARM_COMMAND", swarm.toString());
    builder.environment().put("SWARM_HPE_HOME", folder.resolve("state").toString());
    builder.environment().putAll(new TreeMap<>(more));
    Process process = builder.start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end: " + Files.readString(output));
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }

  /** Runs the swarm command, which has to succeed. */
  public String swarm(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(swarm.toString()));
    command.addAll(List.of(arguments));
    Ended ended = run(command, Map.of());
    assertThat(ended.status()).as("%s: %s", command, ended.printed()).isZero();
    return ended.printed();
  }

  /** Runs a script, which has to succeed. */
  public String good(String script, List<String> certificate, String... options) throws Exception {
    Ended ended = run(script, certificate, options);
    assertThat(ended.status()).as("%s: %s", script, ended.printed()).isZero();
    return ended.printed();
  }

  /** What a program in the background has printed. */
  public String log(String name) throws IOException {
    return Files.readString(folder.resolve("state/nodes").resolve(name).resolve("log"));
  }
}
