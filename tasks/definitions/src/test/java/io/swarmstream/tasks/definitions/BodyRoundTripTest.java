package io.swarmstream.tasks.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmstream.tasks.definitions.MakeSwarmUserContent.ContentStep;
import io.swarmstream.tasks.definitions.MakeSwarmUserContent.ContentType;
import io.swarmstream.tasks.definitions.MakeSwarmUserContent.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written for the chain is read as it was, whatever is in it. */
class BodyRoundTripTest {
  private static final String[] PIECES = {
    "a",
    "RUN",
    " ",
    "  ",
    "'",
    "\"",
    "\\",
    ":",
    ": ",
    " #",
    "#",
    "-",
    "- ",
    "---",
    "~",
    "null",
    "%",
    "@",
    "`",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&",
    "*",
    "!",
    "|",
    ">",
    "?",
    "=",
    "0",
    "1e3",
    "0x1f",
    "yes",
    "True",
    "\t",
    "\u00e4",
    "\u20ac",
    "\ud83d\ude00",
    "\u0085",
    "\u2028",
    "\u00a0",
    "\u200b",
    "<<",
    "\ufeff",
    "\u0007",
    "$HOME",
    "&&",
    "pip3 install --upgrade ",
    "x".repeat(90)
  };

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsWhatItWrote(long seed) {
    TaskBody body = body(new Random(seed));

    List<String> lines = body.lines();

    assertThat(TaskDefinition.ofBody(body.type(), lines))
        .as(String.join("\n", lines))
        .isEqualTo(body);
    assertThat(lines.get(0)).isEqualTo("---");
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThan(80);
              assertThat(line).doesNotContain("\n", "\r");
            });
  }

  @Test
  void writesWhatPeopleCanRead() {
    assertThat(
            new MakeUserContainer(
                    Optional.of("sl-cli-lib"),
                    List.of("FROM python:3.11", " ", "RUN pip3 install \\"))
                .lines())
        .containsExactly(
            "---",
            "BuildContext: sl-cli-lib",
            "BuildType: INLINE",
            "BuildSteps:",
            "- FROM python:3.11",
            "- \" \"",
            "- RUN pip3 install \\");
  }

  @Test
  void takesTenThousandLines() {
    List<String> steps =
        IntStream.range(0, 10_000).mapToObj(i -> "RUN echo " + "y".repeat(60) + i).toList();
    MakeUserContainer body = new MakeUserContainer(Optional.empty(), steps);

    assertThat(TaskDefinition.ofBody(body.type(), body.lines())).isEqualTo(body);
  }

  private static TaskBody body(Random random) {
    return switch (random.nextInt(4)) {
      case 0 ->
          new RunSwarm(
              CommandWords.join(list(random, 1, BodyRoundTripTest::text)),
              optional(random, r -> CommandWords.join(List.of(text(r)))),
              path(random),
              variables(random),
              optional(random, BodyRoundTripTest::path),
              list(random, 0, r -> new SharedFolder(text(r), path(r), MountType.BIND)));
      case 1 -> {
        List<String> steps = new ArrayList<>(list(random, 0, BodyRoundTripTest::line));
        steps.add("FROM x");
        Collections.shuffle(steps, random);
        yield new MakeUserContainer(optional(random, BodyRoundTripTest::text), steps);
      }
      case 2 ->
          new PullImage(
              optional(random, r -> "registry.example.org:5000/o" + r.nextInt()),
              "r" + random.nextInt(100),
              "t" + random.nextInt(100),
              switch (random.nextInt(3)) {
                case 0 -> new PullImage.Auth.None();
                case 1 -> new PullImage.Auth.ConfigFile(text(random));
                default -> new PullImage.Auth.Password(text(random), text(random));
              });
      default ->
          new MakeSwarmUserContent(
              random.nextBoolean() ? ContentType.BUILDCONTENT : ContentType.SWARMCONTENT,
              list(
                  random,
                  1,
                  r ->
                      new ContentStep(
                          r.nextBoolean() ? Operation.DOWNLOAD : Operation.EXTRACT,
                          text(r),
                          optional(r, BodyRoundTripTest::text))));
    };
  }

  private static Variables variables(Random random) {
    Map<String, Optional<String>> entries = new LinkedHashMap<>();
    for (int left = random.nextInt(5); left > 0; left--) {
      entries.put(text(random).replace("=", "_"), optional(random, BodyRoundTripTest::text));
    }
    return new Variables(entries);
  }

  private static String path(Random random) {
    return ("/p" + text(random))
        .replace("..", "_")
        .replaceAll("/+", "/")
        .replaceAll("(?<=.)/$", "");
  }

  /** A step: the empty line, too, and no line ends. */
  private static String line(Random random) {
    return random.nextInt(8) == 0 ? "" : text(random);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = 1 + random.nextInt(12); left > 0; left--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static <T> Optional<T> optional(Random random, Function<Random, T> make) {
    return random.nextBoolean() ? Optional.of(make.apply(random)) : Optional.empty();
  }

  private static <T> List<T> list(Random random, int least, Function<Random, T> make) {
    List<T> list = new ArrayList<>();
    for (int left = least + random.nextInt(5); left > 0; left--) {
      list.add(make.apply(random));
    }
    return list;
  }
}
