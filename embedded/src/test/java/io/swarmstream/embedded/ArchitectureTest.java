package io.swarmstream.embedded;

import io.swarmstream.testkit.laws.Library;
import io.swarmstream.testkit.laws.ModuleLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("embedded")
        .mayImport("schemas.files", "schemas.processes", "kafka.security")
        .mayUse(Library.KAFKA)
        .tests();
  }
}
