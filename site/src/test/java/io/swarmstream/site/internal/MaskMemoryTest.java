package io.swarmstream.site.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmstream.schemas.ContractTerms;
import io.swarmstream.schemas.hashing.Hash;
import io.swarmstream.site.SiteException;
import io.swarmstream.testkit.TestContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskMemoryTest {
  private static final ContractTerms TERMS =
      TestContract.of("c", "mean", 4, 3, 1_000).withPrivacy("masked").terms();
  private static final Hash ONE = hash("one");
  private static final Hash OTHER = hash("other");

  @TempDir private Path folder;

  /** A lying coordinator shows two plans of one round, before and after a restart of the site. */
  @Test
  void confirmsOnePlanOnly() {
    assertThat(restarted(memory -> memory.mayConfirm(7, ONE))).isTrue();
    assertThat(restarted(memory -> memory.mayConfirm(7, OTHER))).isFalse();
    assertThat(restarted(memory -> memory.mayConfirm(6, OTHER))).isFalse();
    assertThat(restarted(memory -> memory.mayConfirm(7, ONE))).isTrue();
    assertThat(restarted(memory -> memory.mayConfirm(8, OTHER))).isTrue();
    assertThat(restarted(memory -> memory.mayConfirm(7, ONE))).isFalse();
  }

  @Test
  void masksOneContributionOnly() {
    try (MaskMemory memory = memory(TERMS)) {
      assertThat(memory.mayContribute(7, ONE, ONE)).isTrue();
      assertThat(memory.mayContribute(7, ONE, OTHER)).isFalse();
      assertThat(memory.mayContribute(7, OTHER, ONE)).isFalse();
    }
    assertThat(restarted(memory -> memory.mayContribute(7, ONE, ONE))).isTrue();
    assertThat(restarted(memory -> memory.mayContribute(7, ONE, OTHER))).isFalse();
    assertThat(restarted(memory -> memory.mayConfirm(7, OTHER))).isTrue();
    assertThat(restarted(memory -> memory.mayContribute(8, ONE, OTHER))).isTrue();
  }

  /** Two processes with one key would each think that they mask for the first time. */
  @Test
  void belongsToOneProcess() {
    try (MaskMemory first = memory(TERMS)) {
      assertThatThrownBy(() -> memory(TERMS))
          .isInstanceOf(SiteException.class)
          .hasMessageContaining("another process masks for site 0xsite of contract c");
      assertThat(first.mayConfirm(7, ONE)).isTrue();
    }
    assertThat(restarted(memory -> memory.mayConfirm(7, OTHER))).isFalse();
  }

  /** A contract of the same name on another chain does not make the site forget. */
  @Test
  void remembersEachContractOfAName() {
    ContractTerms others = TestContract.of("c", "mean", 4, 4, 1_000).withPrivacy("masked").terms();
    assertThat(restarted(memory -> memory.mayConfirm(7, ONE))).isTrue();
    try (MaskMemory other = memory(others)) {
      assertThat(other.mayConfirm(7, OTHER)).isTrue();
    }
    assertThat(restarted(memory -> memory.mayConfirm(7, OTHER))).isFalse();
  }

  @Test
  void doesNothingIfItCannotRemember() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> MaskMemory.of(file, TERMS, "0xsite"))
        .isInstanceOf(SiteException.class)
        .hasMessageContaining("cannot be written");

    assertThat(restarted(memory -> memory.mayConfirm(7, ONE))).isTrue();
    Path done;
    try (Stream<Path> all = Files.walk(folder)) {
      done = all.filter(each -> each.endsWith("done")).findFirst().orElseThrow();
    }
    Files.writeString(done, "rubbish");
    assertThatThrownBy(() -> memory(TERMS))
        .isInstanceOf(SiteException.class)
        .hasMessageContaining("cannot be read");
  }

  private boolean restarted(Predicate<MaskMemory> what) {
    try (MaskMemory memory = memory(TERMS)) {
      return what.test(memory);
    }
  }

  private MaskMemory memory(ContractTerms terms) {
    return MaskMemory.of(folder, terms, "0xsite");
  }

  private static Hash hash(String what) {
    return Hash.sha256(what.getBytes(StandardCharsets.UTF_8));
  }
}
