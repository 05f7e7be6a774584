# JobManager, TaskManager and the ZooKeeper that comes with Flink, with the job's jar. The context is an unpacked distribution.
ARG BASE=docker.io/library/eclipse-temurin:17-jre
FROM ${BASE}
RUN mkdir -p /var/lib/swarmstream && chown 10001:10001 /var/lib/swarmstream && chmod 700 /var/lib/swarmstream
COPY deploy/flink /opt/swarmstream/deploy/flink
COPY deploy/upgrade /opt/swarmstream/deploy/upgrade
COPY jobs /opt/swarmstream/jobs
COPY deploy/compose/images/healthy /opt/swarmstream/bin/healthy
ENV HOME=/var/lib/swarmstream PATH=/opt/swarmstream/deploy/flink/bin:/opt/java/openjdk/bin:/usr/local/bin:/usr/bin:/bin LC_ALL=C.UTF-8
WORKDIR /var/lib/swarmstream
VOLUME /var/lib/swarmstream
USER 10001:10001
EXPOSE 6123 8081
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s CMD ["/opt/swarmstream/bin/healthy", "8081"]
ENTRYPOINT ["/opt/swarmstream/deploy/flink/bin/flink-node"]
CMD ["jobmanager"]
