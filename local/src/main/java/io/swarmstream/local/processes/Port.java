package io.swarmstream.local.processes;

import java.util.Locale;

/** The services that listen on this machine, and their usual ports. */
enum Port {
  ZOOKEEPER(2181),
  KAFKA(9092),
  KAFKA_CONTROLLER(9093),
  CHAIN(8545),
  NETWORK_API(30304),
  NETWORK_P2P(30303),
  JOBMANAGER_1_REST(8081),
  JOBMANAGER_2_REST(8082),
  JOBMANAGER_1_RPC(6123),
  JOBMANAGER_2_RPC(6124);

  final int usual;

  Port(int usual) {
    this.usual = usual;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
