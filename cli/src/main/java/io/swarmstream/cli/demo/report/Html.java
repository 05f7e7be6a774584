package io.swarmstream.cli.demo.report;

/** HTML as text: what is not markup is escaped. */
final class Html {
  private Html() {}

  static String escape(Object text) {
    return String.valueOf(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** An element around text that is escaped. */
  static String text(String tag, Object text) {
    return element(tag, escape(text));
  }

  /**
   * An element around markup.
   *
   * @param tag name, and attributes if any
   */
  static String element(String tag, String markup) {
    int space = tag.indexOf(' ');
    String name = space < 0 ? tag : tag.substring(0, space);
    return "<" + tag + ">" + markup + "</" + name + ">";
  }
}
