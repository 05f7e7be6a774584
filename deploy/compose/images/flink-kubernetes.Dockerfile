# Flink's own image, as its Kubernetes operator needs it, with the job and the reporter. The context is an unpacked distribution.
ARG BASE=docker.io/library/flink:2.2.1-java17
FROM ${BASE}
COPY jobs/swarmstream-jobs-*-flink.jar /opt/flink/usrlib/swarmstream-jobs-flink.jar
COPY deploy/flink/lib/swarmstream-flink-reporter-*.jar deploy/flink/lib/flink-metrics-prometheus-*.jar /opt/flink/lib/
USER 9999
