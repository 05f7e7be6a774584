package io.swarmstream.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The ACLs that docs/cluster.md tells people to set, read from there. */
public final class DocumentedAcls {
  private static final Path DOCUMENT = Path.of("../docs/cluster.md");

  private DocumentedAcls() {}

  /** Those of a role (job, site or verify), for the contract {@code digits}. */
  static List<AclBinding> of(String role) throws IOException {
    List<AclBinding> all = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("# acls: ")) {
        inside = line.equals("# acls: " + role);
      } else if (line.startsWith("```")) {
        inside = false;
      } else if (inside) {
        all.addAll(parse(line));
      }
    }
    return all;
  }

  /** Those of a role for another principal than the document's. */
  public static List<AclBinding> of(String role, String principal) throws IOException {
    return of(role).stream()
        .map(
            right ->
                new AclBinding(
                    right.pattern(),
                    new AccessControlEntry(
                        principal, "*", right.entry().operation(), AclPermissionType.ALLOW)))
        .toList();
  }

  /** As kafka-acls.sh does: each operation on each resource. */
  private static List<AclBinding> parse(String command) {
    String[] words = command.split(" ", -1);
    if (!words[0].equals("$ACL")) {
      throw new IllegalArgumentException("no call of $ACL: " + command);
    }
    String principal = "";
    PatternType pattern = PatternType.LITERAL;
    List<AclOperation> operations = new ArrayList<>();
    List<String[]> resources = new ArrayList<>();
    for (int i = 1; i < words.length; i += 2) {
      String value = words[i + 1];
      switch (words[i]) {
        case "--allow-principal" -> principal = value;
        case "--operation" ->
            operations.add(
                AclOperation.valueOf(
                    value.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT)));
        case "--topic", "--group", "--transactional-id" ->
            resources.add(new String[] {words[i].substring(2), value});
        case "--resource-pattern-type" ->
            pattern = PatternType.valueOf(value.toUpperCase(Locale.ROOT));
        default -> throw new IllegalArgumentException(words[i] + " in: " + command);
      }
    }
    List<AclBinding> bindings = new ArrayList<>();
    for (String[] resource : resources) {
      ResourceType type =
          ResourceType.valueOf(resource[0].replace('-', '_').toUpperCase(Locale.ROOT));
      for (AclOperation operation : operations) {
        bindings.add(
            new AclBinding(
                new ResourcePattern(type, resource[1], pattern),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
      }
    }
    return bindings;
  }
}
