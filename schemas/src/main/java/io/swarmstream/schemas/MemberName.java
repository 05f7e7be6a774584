package io.swarmstream.schemas;

import java.util.regex.Pattern;

/**
 * The form of names of members and organisations, such as {@code hospital-a}: they are shown
 * everywhere, and become parts of file names and of certificates.
 */
public final class MemberName {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private MemberName() {}

  public static boolean isValid(String name) {
    return FORM.matcher(name).matches();
  }

  /**
   * Returns the name.
   *
   * @param what is named, such as the option {@code --name}
   * @throws IllegalArgumentException if it does not have the form
   */
  public static String check(String what, String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          what
              + " must be 1 to 64 letters, digits, dots, underscores and dashes, the first a letter or"
              + " digit, got \""
              + name.replaceAll("\\p{Cntrl}", "?")
              + "\"");
    }
    return name;
  }
}
