package io.swarmstream.tasks.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileStepTest {
  @Test
  void joinsContinuedLinesWithoutCommentsBetween() {
    assertThat(
            DockerfileStep.of(
                List.of(
                    "# syntax",
                    "FROM python:3.11",
                    " ",
                    "run pip3 install \\",
                    "# why",
                    "   numpy \\",
                    "   scipy",
                    "ENV A=b")))
        .containsExactly(
            new DockerfileStep(2, "FROM", "python:3.11"),
            new DockerfileStep(4, "RUN", "pip3 install numpy scipy"),
            new DockerfileStep(8, "ENV", "A=b"));
  }

  @Test
  void namesAllImagesThatPolicyHasToAllow() {
    assertThat(
            DockerfileStep.images(
                List.of(
                    "FROM --platform=linux/amd64 python:3.11 AS Base",
                    "FROM base",
                    "COPY --from=0 /a /a",
                    "COPY --from=evil:latest /b /b",
                    "RUN --mount=type=bind,from=other:1,source=/x true",
                    "FROM scratch")))
        .containsExactly("python:3.11", "evil:latest", "other:1");
  }
}
