package io.swarmstream.tasks.definitions;

import io.swarmstream.testkit.laws.ModuleLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("tasks.definitions").mayImport("clients.chain.tasks").tests();
  }
}
