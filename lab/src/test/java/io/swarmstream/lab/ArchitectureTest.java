package io.swarmstream.lab;

import io.swarmstream.testkit.laws.Library;
import io.swarmstream.testkit.laws.ModuleLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("lab")
        .mayImport(
            "schemas",
            "clients",
            "connectors",
            "contracts",
            "operators",
            "merge",
            "verification",
            "jobs",
            "site",
            "examples",
            "embedded",
            "local",
            "cli")
        .mayUse(Library.PICOCLI)
        .mayUseIn(Library.KAFKA, "lab.bench.raw")
        .tests();
  }
}
