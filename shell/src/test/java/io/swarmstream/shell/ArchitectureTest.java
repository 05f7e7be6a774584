package io.swarmstream.shell;

import io.swarmstream.testkit.laws.ModuleLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("shell")
        .mayImport(
            "schemas",
            "identity",
            "web",
            "clients.network",
            "clients.chain",
            "contracts",
            "tasks.definitions")
        .tests();
  }
}
