package io.swarmstream.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program inherits that depends on the site library. */
class ClassPathTest {
  /** The class path of a test holds all that the library brings, and more. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/apache/flink/util/InstantiationUtil.class",
        "org/eclipse/jetty/server/Server.class",
        "org/nd4j/linalg/factory/Nd4j.class",
        "org/deeplearning4j/nn/api/Model.class",
        "picocli/CommandLine.class"
      })
  void hasNoEngineServerOrFramework(String foreign) {
    assertThat(getClass().getClassLoader().getResource(foreign)).isNull();
  }

  /** Were the names above wrong or the class path empty, all would pass. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/apache/kafka/clients/producer/KafkaProducer.class",
        "org/web3j/protocol/Web3j.class"
      })
  void hasTheClients(String used) {
    assertThat(getClass().getClassLoader().getResource(used)).isNotNull();
  }
}
