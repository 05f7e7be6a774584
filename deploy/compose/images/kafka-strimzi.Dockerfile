# Strimzi's Kafka with the classes that know clients by their keys. The context is an unpacked distribution.
ARG BASE=quay.io/strimzi/kafka:latest-kafka-4.2.0
FROM ${BASE}
COPY deploy/kafka/lib/swarmstream-kafka-security-*.jar /opt/kafka/libs/
USER 1001
