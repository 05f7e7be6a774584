package io.swarmstream.site.node.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows the {@link StatusView} as a page that reloads every few seconds; it needs no script. */
final class StatusPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">
      <meta name="viewport" content="width=device-width">
      <title>{site} – site node</title>
      <style>
      body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
      h1{font-size:1.5rem;margin-bottom:0} h2{font-size:1.15rem;margin:2rem 0 .5rem}
      table{border-collapse:collapse;width:100%} th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #ddd}
      th{font-weight:600;width:11rem} code{font-size:.85em;word-break:break-all} .muted{color:#666} .down{border-left:.3rem solid #c00;padding-left:.7rem}
      @media(prefers-color-scheme:dark){body{color:#eee;background:#181818}th,td{border-color:#444}.muted{color:#aaa}}
      </style></head><body>
      """;

  private StatusPage() {}

  static String of(StatusView status) {
    StatusView.Node node = status.node();
    StringBuilder page = new StringBuilder(HEAD.replace("{site}", text(node.site())));
    page.append("<h1>").append(text(node.site())).append("</h1>\n<p class=\"muted\">");
    page.append("Site ").append(code(node.address()));
    page.append(", node started ").append(text(Times.withAge(node.startedAt()))).append("</p>\n");
    status.parts().stream()
        .filter(part -> part.state().equals("down"))
        .forEach(part -> append(page, part));
    if (status.sessions().isEmpty()) {
      page.append(
          status.ended().isEmpty()
              ? "<p>No trainer has opened a session yet.</p>\n"
              : "<p>No trainer has a session open.</p>\n");
    }
    status.sessions().forEach(session -> append(page, session));
    if (!status.ended().isEmpty()) {
      page.append("<h2>Trainings that are over</h2>\n<table>\n");
      status.ended().forEach(ended -> append(page, ended));
      page.append("</table>\n");
    }
    return page.append("</body></html>\n").toString();
  }

  private static void append(StringBuilder page, StatusView.PartState part) {
    String name =
        switch (part.name()) {
          case "kafka" -> "Kafka";
          case "job" -> "The job";
          default -> "The chain";
        };
    String problem = part.problem();
    page.append("<p class=\"down\"><strong>").append(name).append(" is down</strong> since ");
    page.append(text(Times.withAge(part.since()))).append(": ");
    page.append(text(problem == null ? "it does not answer" : problem)).append("</p>\n");
  }

  private static void append(StringBuilder page, StatusView.EndedState ended) {
    Double loss = ended.meanLoss();
    row(
        page,
        text(ended.contract()),
        "final model of round "
            + ended.round()
            + (loss == null ? "" : ", mean loss " + number(loss))
            + ", "
            + text(Times.withAge(ended.at()))
            + "<br>"
            + code(ended.modelHash()));
  }

  private static void append(StringBuilder page, StatusView.SessionState session) {
    page.append("<h2>").append(text(session.contract())).append("</h2>\n<table>\n");
    row(page, "State", "<strong>" + text(session.state()) + "</strong>");
    row(page, "Waits for", text(session.waitingFor()));
    row(page, "Since", text(Times.withAge(session.since())));
    String who = session.waitsFor();
    if (who != null) {
      row(page, "Sites", sites(session));
      row(page, "Waiting for", text(who));
    }
    row(page, "Newest model", session.round() < 0 ? "none yet" : "of round " + session.round());
    row(page, "Last sent", transfer(session.lastSent()));
    row(page, "Last received", transfer(session.lastReceived()));
    row(page, "Loss and metric", quality(session));
    row(page, "Anchors", anchors(session));
    row(page, "Epochs", epochs(session));
    row(page, "Trainer", text(session.trainer()) + ", session " + text(session.session()));
    page.append("</table>\n");
  }

  private static void row(StringBuilder page, String name, String html) {
    page.append("<tr><th>").append(name).append("</th><td>").append(html).append("</td></tr>\n");
  }

  private static String sites(StatusView.SessionState session) {
    return session.contributed()
        + " of "
        + (session.contributed() + session.missing().size())
        + " in, "
        + session.minPeers()
        + " needed";
  }

  private static String quality(StatusView.SessionState session) {
    Double loss = session.loss();
    Double metric = session.metric();
    Double mean = session.meanLoss();
    return "loss "
        + (loss == null ? "unknown" : number(loss))
        + ", metric "
        + (metric == null ? "unknown" : number(metric))
        + (mean == null ? "" : "; mean loss of the newest model's sites " + number(mean));
  }

  private static String anchors(StatusView.SessionState session) {
    Long pending = session.pendingAnchors();
    String since = session.anchorsSince();
    if (pending == null || since == null) {
      return "unknown yet";
    }
    return pending == 0
        ? "all known rounds are on the chain"
        : pending + " known rounds are not on the chain yet, since " + text(Times.withAge(since));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  private static String epochs(StatusView.SessionState session) {
    String done = String.format(Locale.ROOT, "%.2f", session.epochsDone());
    Long eta = session.etaSeconds();
    return done
        + (session.epochsTotal() > 0
            ? String.format(Locale.ROOT, " of %.2f", session.epochsTotal())
            : "")
        + (eta == null
            ? ""
            : ", about "
                + eta
                + " s of training left, "
                + session.etaWithWaitsSeconds()
                + " s with waits as so far");
  }

  private static String transfer(StatusView.@Nullable Transfer transfer) {
    if (transfer == null) {
      return "nothing yet";
    }
    Double norm = transfer.norm();
    return String.format(
        Locale.ROOT,
        "round %d, %,d bytes, norm %s, %s<br>%s",
        transfer.round(),
        transfer.bytes(),
        norm == null ? "unknown" : String.format(Locale.ROOT, "%.6g", norm),
        text(Times.withAge(transfer.at())),
        code(transfer.hash()));
  }

  private static String code(String raw) {
    return "<code>" + text(raw) + "</code>";
  }

  /** Escapes names of trainers and contracts. */
  static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
