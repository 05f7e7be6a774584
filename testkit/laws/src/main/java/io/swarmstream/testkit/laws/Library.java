package io.swarmstream.testkit.laws;

import java.util.List;

/** A library that only some modules may use; libraries not listed here are unrestricted. */
public enum Library {
  FLINK("what is no part of a Flink job runs without Flink", "org.apache.flink.."),
  KAFKA("Kafka's client stays behind ours", "org.apache.kafka..", "kafka.."),
  WEB3J("the chain stays behind our client; schemas take signatures only", "org.web3j.."),
  WEB3J_CLIENT(
      "our client alone speaks with an Ethereum node",
      "org.web3j.protocol..",
      "org.web3j.abi..",
      "org.web3j.tx..",
      "okhttp3.."),
  ND4J(
      "every framework trains as well; ours lean on none",
      "org.nd4j..",
      "org.deeplearning4j..",
      "org.bytedeco.."),
  JETTY("HTTP servers are behind web, or in the site node", "org.eclipse.jetty..", "io.javalin.."),
  AVRO("one class decides about the bytes of a record, WireFormat", "org.apache.avro.."),
  PICOCLI("only programs have a command line", "picocli..");

  final String because;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  final List<String> packages;

  Library(String because, String... packages) {
    this.because = because;
    this.packages = List.of(packages);
  }
}
