package io.swarmstream.cli.console;

import io.swarmstream.cli.options.JsonChoice;
import io.swarmstream.cli.shell.MemberFolder;
import io.swarmstream.clients.network.LoginLink;
import io.swarmstream.clients.network.NetworkClient;
import io.swarmstream.identity.ReloadingTls;
import io.swarmstream.shell.swarm.ShellMember;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code swarm console}. */
@Command(
    name = "console",
    description = {
      "Prints a link that logs your browser in to the web console: of a network node, as the"
          + " folder's member, or of a swarm that 'swarm up' runs. It works once, within the time"
          + " that it says; whoever has it is logged in.",
      ""
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:no network node has made a link; the message says why"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ConsoleCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private static final String OWNER = "the swarm's owner";

  @Spec private CommandSpec spec;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "Folder of the member that logs in: a network node's, one of 'swarm site join', or one of"
              + " 'swarm up'. Default: .swarm/network, else .swarm/site, else .swarm/up.")
  private @Nullable Path folder;

  @Option(names = "--open", description = "Opens the link in this machine's browser, too.")
  private boolean open;

  @Mixin private JsonChoice json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Override
  public Integer call() throws Exception {
    Optional<LocalLogin> local = LocalLogin.in(folder);
    if (local.isPresent() && (folder != null || MemberFolder.usual().isEmpty())) {
      logIn(local.get());
    } else {
      logIn(MemberFolder.find(Optional.ofNullable(folder)));
    }
    return 0;
  }

  private void logIn(LocalLogin swarm) throws Exception {
    LoginLink link = swarm.link();
    PrintWriter out = spec.commandLine().getOut();
    if (json.isJson()) {
      out.println(JsonChoice.text(described(OWNER, link)));
    } else {
      print(OWNER, link, out);
    }
    if (open) {
      openIt(link, swarm.folder());
    }
  }

  private static Map<String, String> described(String member, LoginLink link) {
    Map<String, String> result = new LinkedHashMap<>();
    result.put("member", member);
    result.put("url", link.url());
    result.put("expiresAt", link.expiresAt());
    return result;
  }

  private void logIn(ShellMember member) throws Exception {
    ReloadingTls tls = ReloadingTls.of(member.identity());
    LoginLink link = new NetworkClient(member.nodes(), tls).loginLink();
    String fingerprint = ServerCertificate.fingerprint(URI.create(link.url()), tls.context());
    Path authorities = member.identity().authoritiesFile();
    PrintWriter out = spec.commandLine().getOut();
    if (json.isJson()) {
      Map<String, String> result = described(member.name(), link);
      result.put("certificateFingerprint", fingerprint);
      result.put("authorities", authorities.toString());
      out.println(JsonChoice.text(result));
    } else {
      print(member.name(), link, out);
      out.println(
          "Your browser warns of the certificate until it knows the swarm's authorities: import "
              + authorities
              + ", or compare the SHA-256 fingerprint that it shows with");
      out.println("  " + fingerprint);
    }
    if (open) {
      openIt(link, member.folder());
    }
  }

  private static void print(String member, LoginLink link, PrintWriter out) {
    out.println(link.url());
    out.println();
    out.println(
        "Logs in "
            + member
            + ", once, until "
            + TIME.format(Instant.parse(link.expiresAt()))
            + ". Whoever has the link is logged in.");
  }

  private void openIt(LoginLink link, Path place) throws IOException {
    Optional<String> problem = SystemBrowser.open(link.url(), place);
    problem.ifPresent(
        text ->
            spec.commandLine()
                .getErr()
                .println("no browser was opened: " + text + "; open the link yourself"));
  }
}
