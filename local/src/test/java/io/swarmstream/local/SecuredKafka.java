package io.swarmstream.local;

import io.swarmstream.clients.kafka.KafkaEndpoint;
import io.swarmstream.embedded.EmbeddedKafka;
import io.swarmstream.embedded.EmbeddedKafkaOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/**
 * A broker that lets in over TLS whoever has a name and a password (SCRAM), and lets them do what
 * its ACLs say. Certificates and passwords are made for the run.
 */
final class SecuredKafka implements AutoCloseable {
  private static final String PASSWORD = "secret-of-the-test";
  private static final String PLAIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"broker\" password=\""
          + PASSWORD
          + "\"";

  private final EmbeddedKafka broker;
  private final Map<String, String> tls;
  private final Admin admin;

  private SecuredKafka(EmbeddedKafka broker, Map<String, String> tls) {
    this.broker = broker;
    this.tls = tls;
    this.admin = Admin.create(endpoint("PLAIN", PLAIN + ";").properties(Map.of(), Map.of()));
  }

  static SecuredKafka start(Path folder) throws Exception {
    Path keys = folder.resolve("broker.p12");
    Path certificate = folder.resolve("broker.pem");
    keytool(
        "-genkeypair -alias broker -keyalg RSA -keysize 2048 -validity 2 -dname CN=localhost -ext SAN=dns:localhost"
            + " -storetype PKCS12 -keystore "
            + keys
            + " -storepass "
            + PASSWORD);
    keytool(
        "-exportcert -rfc -alias broker -keystore "
            + keys
            + " -storepass "
            + PASSWORD
            + " -file "
            + certificate);
    Map<String, String> trust =
        Map.of("ssl.truststore.type", "PEM", "ssl.truststore.location", certificate.toString());
    EmbeddedKafkaOptions options =
        EmbeddedKafkaOptions.defaults()
            .withSetting("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:SASL_SSL")
            .withSetting("sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN")
            .withSetting("listener.name.controller.sasl.enabled.mechanisms", "PLAIN")
            .withSetting("sasl.mechanism.inter.broker.protocol", "PLAIN")
            .withSetting("sasl.mechanism.controller.protocol", "PLAIN")
            .withSetting(
                "listener.name.client.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;")
            .withSetting("ssl.keystore.type", "PKCS12")
            .withSetting("ssl.keystore.location", keys.toString())
            .withSetting("ssl.keystore.password", PASSWORD)
            .withSetting(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .withSetting("super.users", "User:broker");
    for (String listener : List.of("client", "controller")) {
      options =
          options.withSetting(
              "listener.name." + listener + ".plain.sasl.jaas.config",
              PLAIN + " user_broker=\"" + PASSWORD + "\";");
    }
    for (Map.Entry<String, String> each : trust.entrySet()) {
      options = options.withSetting(each.getKey(), each.getValue());
    }
    return new SecuredKafka(EmbeddedKafka.start(options), trust);
  }

  private static void keytool(String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    Path said = Files.createTempFile("keytool", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool: " + Files.readString(said));
    }
    Files.delete(said);
  }

  /** Makes a user known to the broker, and returns how it gets in. */
  KafkaEndpoint user(String name) throws Exception {
    admin
        .alterUserScramCredentials(
            List.of(
                new UserScramCredentialUpsertion(
                    name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
        .all()
        .get();
    return endpoint(
        "SCRAM-SHA-512",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
            + name
            + "\" password=\""
            + PASSWORD
            + "\";");
  }

  private KafkaEndpoint endpoint(String mechanism, String login) {
    Map<String, String> all = new HashMap<>(tls);
    all.put("security.protocol", "SASL_SSL");
    all.put("sasl.mechanism", mechanism);
    all.put("sasl.jaas.config", login);
    return new KafkaEndpoint(broker.bootstrapServers(), all);
  }

  void grant(Collection<AclBinding> rights) throws Exception {
    admin.createAcls(rights).all().get();
  }

  void take(Collection<AclBinding> rights) throws Exception {
    admin.deleteAcls(rights.stream().map(AclBinding::toFilter).toList()).all().get();
  }

  /** What the broker acts on by now: it applies what is granted and taken a moment later. */
  Collection<AclBinding> rights() throws Exception {
    return admin.describeAcls(AclBindingFilter.ANY).values().get();
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
