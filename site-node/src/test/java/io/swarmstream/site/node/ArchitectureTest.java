package io.swarmstream.site.node;

import io.swarmstream.testkit.laws.Library;
import io.swarmstream.testkit.laws.ModuleLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("site.node")
        .mayImport(
            "site", "schemas", "clients", "contracts", "telemetry", "web", "console", "identity")
        .mayUseIn(Library.JETTY, "site.node.http")
        .tests();
  }
}
