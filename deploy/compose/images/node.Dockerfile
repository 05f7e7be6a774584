# Network node and site node: the swarm command. The context is an unpacked distribution.
# The base has Java 17 to 21 and Bash.
ARG BASE=docker.io/library/eclipse-temurin:17-jre
FROM ${BASE}
# 10001: no user of the machine, whatever the base names its own.
RUN mkdir -p /var/lib/swarmstream && chown 10001:10001 /var/lib/swarmstream && chmod 700 /var/lib/swarmstream
COPY lib /opt/swarmstream/lib
COPY bin /opt/swarmstream/bin
COPY deploy/compose/images/healthy /opt/swarmstream/bin/healthy
ENV HOME=/var/lib/swarmstream PATH=/opt/swarmstream/bin:/opt/java/openjdk/bin:/usr/local/bin:/usr/bin:/bin LC_ALL=C.UTF-8
WORKDIR /var/lib/swarmstream
VOLUME /var/lib/swarmstream
USER 10001:10001
EXPOSE 30303 30304 30305
# Of a site node; compose files name the port of a network node.
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s CMD ["/opt/swarmstream/bin/healthy", "30305"]
ENTRYPOINT ["/opt/swarmstream/bin/swarm"]
CMD ["--help"]
