package io.swarmstream.cli.chart;

/** Builds HTML as text; everything that is not markup is escaped. */
public final class Html {
  private Html() {}

  public static String escape(Object text) {
    return String.valueOf(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** An element that contains text, which is escaped. */
  public static String text(String tag, Object text) {
    return element(tag, escape(text));
  }

  /**
   * An element that contains markup.
   *
   * @param tag name, and attributes if any
   */
  public static String element(String tag, String markup) {
    int space = tag.indexOf(' ');
    String name = space < 0 ? tag : tag.substring(0, space);
    return "<" + tag + ">" + markup + "</" + name + ">";
  }
}
