package io.swarmstream.embedded;

import io.swarmstream.kafka.security.KeyPrincipalBuilder;
import io.swarmstream.kafka.security.ReloadingSslEngineFactory;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of a broker that knows its clients by their keys; also those of production. */
final class SecuredBroker {
  private SecuredBroker() {}

  static Map<String, String> settings(Path identityFolder, Collection<String> superUsers) {
    String everything =
        Stream.concat(Stream.of(KeyPrincipalBuilder.nameOf(identityFolder)), superUsers.stream())
            .distinct()
            .map(name -> "User:" + name)
            .collect(Collectors.joining(";"));
    return Map.of(
        // The controller's listener, too: without TLS, its peers would be anonymous super users.
        "listener.security.protocol.map",
        "CLIENT:SSL,CONTROLLER:SSL",
        "ssl.engine.factory.class",
        ReloadingSslEngineFactory.class.getName(),
        ReloadingSslEngineFactory.FOLDER_CONFIG,
        identityFolder.toAbsolutePath().toString(),
        "ssl.client.auth",
        "required",
        "principal.builder.class",
        KeyPrincipalBuilder.class.getName(),
        "authorizer.class.name",
        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "allow.everyone.if.no.acl.found",
        "false",
        "super.users",
        everything);
  }
}
