package io.swarmstream.jobs;

import io.swarmstream.testkit.laws.Library;
import io.swarmstream.testkit.laws.ModuleLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("jobs")
        .mayImport("schemas", "merge", "operators", "clients", "connectors", "verification")
        .mayUse(Library.FLINK, Library.PICOCLI)
        .tests();
  }
}
