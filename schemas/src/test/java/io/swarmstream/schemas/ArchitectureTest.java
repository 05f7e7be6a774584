package io.swarmstream.schemas;

import io.swarmstream.testkit.laws.Library;
import io.swarmstream.testkit.laws.ModuleLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("schemas")
        .mayUse(Library.AVRO)
        .mayUseIn(Library.WEB3J, "schemas.signing")
        .tests();
  }
}
