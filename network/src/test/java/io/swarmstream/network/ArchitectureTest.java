package io.swarmstream.network;

import io.swarmstream.testkit.laws.Library;
import io.swarmstream.testkit.laws.ModuleLaw;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  @TestFactory
  Stream<DynamicTest> keepsTheLawOfItsModule() {
    return ModuleLaw.of("network")
        .mayImport(
            "schemas",
            "contracts",
            "telemetry",
            "identity",
            "web",
            "console",
            "tasks.definitions",
            "kafka.security",
            "clients.network",
            "clients.chain",
            "clients.kafka",
            "contracts")
        // A stream of events is served by the library's own class.
        .mayUseIn(Library.JETTY, "network.api")
        .mayUse(Library.KAFKA, Library.WEB3J)
        // Streams of events are beyond what a route can return.
        .mayUseIn(Library.JETTY, "network.api")
        .tests();
  }
}
