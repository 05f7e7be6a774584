package io.swarmstream.clients.chain;

import io.swarmstream.testkit.laws.Library;
import io.swarmstream.testkit.laws.ModuleLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("clients.chain")
        .mayImport("schemas", "identity")
        .mayUse(Library.WEB3J, Library.WEB3J_CLIENT)
        .tests();
  }
}
