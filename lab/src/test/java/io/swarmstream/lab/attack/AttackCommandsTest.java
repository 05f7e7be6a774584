package io.swarmstream.lab.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmstream.cli.SwarmCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttackCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String line) {
    return SwarmCommand.execute(
        new PrintWriter(out, true), new PrintWriter(err, true), line.split(" "));
  }

  @Test
  void mergePrintsATableForEachSplitAndLimit() {
    int code =
        run("attack merge --rounds 2 --seeds 2 --merge mean,trimmedmean:F --attacks backdoor");

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains(
            "digits, 12 sites of which 3 attack, 2 rounds, seeds 1, 2",
            "even data, --max-norm none",
            "skewed data, --max-norm median*2",
            "  patch taken for 0  ");
    List<String> header =
        out.toString().lines().filter(line -> line.contains("trimmedmean:3")).toList();
    assertThat(header).hasSize(4);
    assertThat(err.toString()).contains("32 of 32 trainings");
  }

  @Test
  void mergePrintsJson() throws Exception {
    int code =
        run(
            "attack merge --json --rounds 1 --seeds 1 --sites 4 --merge mean,trimmedmean:F --splits even --max-norm none --attacks absent,zero");

    assertThat(code).as(err.toString()).isZero();
    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertThat(result.get("bad").asInt()).isEqualTo(1);
    assertThat(result.get("cells")).hasSize(6);
    assertThat(result.get("cells").get(0).get("attack").asText()).isEqualTo("nobody");
    assertThat(result.get("cells").get(0).get("lost").get("mean").asDouble()).isZero();
  }

  @Test
  void mergeSaysWhereTooFewSitesRemain() {
    int code =
        run(
            "attack merge --rounds 1 --seeds 1 --sites 8 --merge multikrum:F --splits even --max-norm none --attacks absent");

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains("absent  too few sites");
  }

  @Test
  void deltaPrintsWhatIsGivenAway() {
    int code = run("attack delta --rounds 1 --seeds 1 --sites 4");

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("Images read off a delta", "1      1 image", "one site, less the merge");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "merge --sites 2 | --sites is 2; give 3 to 32",
        "merge --sites 8 --bad 8 | --bad is 8; give 1 to 7",
        "merge --rounds 0 | --rounds is 0; give at least 1",
        "merge --seeds 0 | --seeds is 0; give at least 1",
        "merge --attacks flood | --attacks: there is no attack 'flood'; there are nobody, absent",
        "merge --merge average | --merge: there is no merge method 'average'",
        "merge --sites 8 --bad 3 --merge multikrum:F | --merge: multikrum:3 needs at least 9 sites, --sites is 8",
        "merge --max-norm long | --max-norm: a norm limit of 'long'",
        "merge --data cats | '--data'",
        "delta --sites 1 | --sites is 1; give 2 to 32",
        "delta --rounds 0 | --rounds is 0; give at least 1",
        "delta --seeds 0 | --seeds is 0; give at least 1"
      })
  void refusesWhatItCannotPlay(String line, String message) {
    assertThat(run("attack " + line)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }
}
