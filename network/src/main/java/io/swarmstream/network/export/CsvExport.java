package io.swarmstream.network.export;

import io.swarmstream.clients.network.ParticipantInfo;
import io.swarmstream.network.history.LoggedDetail;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A line for each round, whose site is empty, and one for each site in it; RFC 4180. */
public final class CsvExport {
  private static final String HEADER =
      "round,closedAt,seconds,participants,leftOut,site,account,weight,loss,metric,epochs,totalEpochs,norm,cosine,bytes";

  private CsvExport() {}

  /** Writes all rounds. */
  public static void write(Stream<LoggedDetail> rounds, OutputStream to) throws IOException {
    Writer out = new OutputStreamWriter(to, StandardCharsets.UTF_8);
    out.write(HEADER + "\r\n");
    for (LoggedDetail round : (Iterable<LoggedDetail>) rounds::iterator) {
      line(
          out,
          head(round),
          "",
          "",
          "",
          number(round.meanLoss()),
          number(round.meanMetric()),
          "",
          "",
          number(round.mergedNorm()),
          "",
          number(round.bytes()));
      for (ParticipantInfo site : round.participants()) {
        line(
            out,
            head(round),
            site.site() == null ? "" : site.site(),
            site.account(),
            Integer.toString(site.weight()),
            number(site.loss()),
            number(site.metric()),
            number(site.epochs()),
            number(site.totalEpochs()),
            number(site.norm()),
            number(site.cosine()),
            number(site.bytes()));
      }
    }
    out.flush();
  }

  private static List<String> head(LoggedDetail round) {
    return List.of(
        Long.toString(round.round()),
        round.closedAt().toString(),
        number(Duration.between(round.openedAt(), round.closedAt()).toMillis() / 1000.0),
        Integer.toString(round.participants().size()),
        Integer.toString(round.leftOut().size()));
  }

  private static void line(Writer out, List<String> head, String... more) throws IOException {
    List<String> fields = new ArrayList<>(head);
    fields.addAll(List.of(more));
    out.write(String.join(",", fields.stream().map(CsvExport::quoted).toList()) + "\r\n");
  }

  /** Quotes what would end a field, and what a spreadsheet would take for a formula. */
  private static String quoted(String field) {
    boolean isFormula = !field.isEmpty() && "=+@\t\r".indexOf(field.charAt(0)) >= 0;
    String safe = isFormula ? "'" + field : field;
    return safe.matches("[^\",\r\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }

  private static String number(@Nullable Number value) {
    return value == null ? "" : value.toString();
  }
}
