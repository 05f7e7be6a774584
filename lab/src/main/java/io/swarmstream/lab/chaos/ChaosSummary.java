package io.swarmstream.lab.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Summarises the results of all runs. */
record ChaosSummary(ChaosOptions options, List<RunResult> runs) {
  private static final String LINE = "%-12s %5s %8s %6s %8s %11s %9s %8s %7s %7s %7s%n";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  boolean isClean() {
    return runs.stream().allMatch(RunResult::isClean);
  }

  void print(PrintWriter to) {
    to.printf(
        LINE,
        "killed",
        "runs",
        "rounds",
        "lost",
        "doubled",
        "two models",
        "mismatch",
        "anchors",
        "p50 s",
        "p99 s",
        "max s");
    for (Kind kind : Kind.values()) {
      List<RunResult> of = runs.stream().filter(run -> run.fate().kind() == kind).toList();
      if (!of.isEmpty()) {
        line(to, kind.label(), of);
      }
    }
    line(to, "all", runs);
    to.flush();
  }

  private static void line(PrintWriter to, String what, List<RunResult> of) {
    long wrongAnchors = of.stream().filter(run -> !run.anchorsMatch()).count();
    to.printf(
        Locale.ROOT,
        LINE,
        what,
        of.size(),
        of.stream().mapToInt(RunResult::rounds).sum(),
        of.stream().mapToInt(RunResult::lost).sum(),
        of.stream().mapToInt(RunResult::doubled).sum(),
        of.stream().mapToInt(RunResult::roundsWithTwoModels).sum(),
        of.stream().filter(run -> !run.hashMatches()).count(),
        wrongAnchors == 0 ? "ok" : wrongAnchors + " wrong",
        seconds(of, 0.5),
        seconds(of, 0.99),
        seconds(of, 1));
  }

  private static String seconds(List<RunResult> of, double share) {
    return String.format(
        Locale.ROOT,
        "%.1f",
        Seconds.quantile(of.stream().map(RunResult::recoverySeconds).toList(), share));
  }

  String json() throws JsonProcessingException {
    List<Double> times = runs.stream().map(RunResult::recoverySeconds).toList();
    ObjectNode json = JSON.createObjectNode();
    json.put("runs", runs.size());
    json.put("kills", runs.size());
    json.put("roundsCompleted", runs.stream().mapToInt(RunResult::rounds).sum());
    json.put("lost", runs.stream().mapToInt(RunResult::lost).sum());
    json.put("doubled", runs.stream().mapToInt(RunResult::doubled).sum());
    json.put("roundsWithTwoModels", runs.stream().mapToInt(RunResult::roundsWithTwoModels).sum());
    json.put("hashMismatches", runs.stream().filter(run -> !run.hashMatches()).count());
    json.put("anchorMismatches", runs.stream().filter(run -> !run.anchorsMatch()).count());
    json.put("recoveryP50Seconds", Seconds.quantile(times, 0.5));
    json.put("recoveryP99Seconds", Seconds.quantile(times, 0.99));
    json.put("recoveryMaxSeconds", Seconds.quantile(times, 1));
    ObjectNode byKind = json.putObject("killsByKind");
    for (Kind kind : Kind.values()) {
      byKind.put(
          kind.name().toLowerCase(Locale.ROOT),
          runs.stream().filter(run -> run.fate().kind() == kind).count());
    }
    json.put("seed", options.seed());
    return JSON.writeValueAsString(json);
  }
}
