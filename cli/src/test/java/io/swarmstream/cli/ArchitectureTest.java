package io.swarmstream.cli;

import io.swarmstream.testkit.laws.Library;
import io.swarmstream.testkit.laws.ModuleLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("cli")
        .mayImport(
            "schemas",
            "clients",
            "connectors",
            "operators",
            "merge",
            "verification",
            "jobs",
            "site",
            "examples",
            "embedded",
            "local",
            "contracts",
            "identity",
            "licence",
            "network",
            "shell",
            "tasks",
            "web")
        .mayUse(Library.PICOCLI)
        .tests();
  }
}
