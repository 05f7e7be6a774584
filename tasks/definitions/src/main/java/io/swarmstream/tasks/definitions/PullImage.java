package io.swarmstream.tasks.definitions;

import io.swarmstream.clients.chain.tasks.TaskType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Body of a task that fetches an image from a registry.
 *
 * @param place registry and organisation, such as {@code registry.example.org/team}
 * @param tag or digest
 */
public record PullImage(Optional<String> place, String repository, String tag, Auth auth)
    implements TaskBody {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]*");
  private static final Pattern TAG =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|sha256:[0-9a-f]{64}");

  /** How the agent proves to the registry who it is. */
  public sealed interface Auth {
    /** Not at all, or as the host's engine is set up. */
    record None() implements Auth {}

    /** By a file at the host, in Docker's format. */
    record ConfigFile(String path) implements Auth {}

    /** By a password, which everybody in the swarm can read. */
    record Password(String user, String password) implements Auth {
      @Override
      public String toString() {
        return "Password[user=" + user + "]";
      }
    }
  }

  static PullImage read(YamlValue value) {
    YamlFields fields = YamlFields.of(value, "OrgAndReg", "RepoName", "Tag", "Auth");
    Optional<String> place =
        fields.optional("OrgAndReg", field -> name(field, NAME, "a registry and organisation"));
    String repository = name(fields.required("RepoName", "a repository"), NAME, "a repository");
    String tag =
        fields.optional("Tag", field -> name(field, TAG, "a tag or a digest")).orElse("latest");
    Auth auth = fields.optional("Auth", PullImage::readAuth).orElse(new Auth.None());
    fields.warnAboutTheRest();
    return new PullImage(place, repository, tag, auth);
  }

  private static String name(YamlValue value, Pattern pattern, String expected) {
    String text = value.text(expected);
    if (!pattern.matcher(text).matches()) {
      throw value.problem("is '" + text + "'", expected + " without blanks");
    }
    return text;
  }

  private static Auth readAuth(YamlValue value) {
    if (!value.isMap() && !value.isList()) {
      return new Auth.ConfigFile(value.text("a path, or a map of Username and Password"));
    }
    YamlFields fields = YamlFields.of(value, "Username", "Password");
    String user = fields.text("Username", "a user's name");
    String password =
        fields.take("Password").flatMap(field -> field.optionalText("a password")).orElse("");
    fields.warnAboutTheRest();
    value.warn(
        "all members of the swarm can read the password in a task; better name a file at the"
            + " agents' hosts");
    return new Auth.Password(user, password);
  }

  /** Registry, organisation and repository. */
  public String image() {
    return place.map(text -> text.replaceAll("/+$", "") + "/").orElse("") + repository;
  }

  @Override
  public TaskType type() {
    return TaskType.PULL_IMAGE;
  }

  @Override
  public List<String> lines() {
    YamlLines lines = new YamlLines();
    lines.field(0, "OrgAndReg", place);
    lines.field(0, "RepoName", repository);
    lines.field(0, "Tag", tag);
    if (auth instanceof Auth.Password password) {
      lines.heading(0, "Auth");
      lines.field(2, "Username", password.user());
      lines.field(2, "Password", password.password());
    } else {
      lines.field(
          0,
          "Auth",
          auth instanceof Auth.ConfigFile file ? Optional.of(file.path()) : Optional.empty());
    }
    return lines.lines();
  }
}
