package io.swarmstream.shell.instructions.contract;

import io.swarmstream.clients.network.PerformanceInfo;
import io.swarmstream.clients.network.SitePerformance;
import io.swarmstream.shell.session.About;
import io.swarmstream.shell.session.Columns;
import io.swarmstream.shell.session.Instruction;
import io.swarmstream.shell.session.ShellCall;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says how each site of a contract learns. */
public final class Perfdata implements Instruction {
  @Override
  public About about() {
    return About.of(
        "PERFDATA <contract>",
        "Says what each site last reported: loss and metric of the merged model on its own data,"
            + " and epochs. SL ADMIN says whether its member's job merges; that is seldom a site's.",
        "PERFDATA defaultbb.cqdb.sml.hpe");
  }

  @Override
  public Object run(ShellCall call) {
    // A network node tells the performance of any name.
    String name = call.swarm().contract(call.text("contract")).name();
    PerformanceInfo performance = call.swarm().performance(name);
    List<SitePerformance> sites = performance.sites();
    Columns columns =
        new Columns()
            .row("SL UID", "SL ADMIN", "LOSS", "METRIC", "TOTAL EPOCHS", "COMPLETED EPOCHS");
    for (SitePerformance site : sites) {
      columns.row(
          site.site(),
          Boolean.toString(site.site().equals(performance.leader())),
          number(site.loss()),
          number(site.metric()),
          site.totalEpochs() > 0 ? number(site.totalEpochs()) : "-",
          number(site.epochs()));
    }
    columns.say(call.out());
    if (sites.isEmpty()) {
      call.say("No site is enrolled yet.");
    }
    return performance;
  }

  private static String number(@Nullable Double value) {
    if (value == null) {
      return "-";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString(Math.round(value))
        : String.format(Locale.ROOT, "%.6g", value);
  }
}
