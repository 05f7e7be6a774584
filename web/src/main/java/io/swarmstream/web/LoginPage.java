package io.swarmstream.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** Asks a person for a server's token, in a form that needs no script. */
public final class LoginPage {
  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#171b1f;background:#fff}
      code{overflow-wrap:anywhere}
      input,button{font:inherit;padding:.4rem .6rem;min-height:2.5rem} input{width:100%;box-sizing:border-box;margin-bottom:.6rem}
      @media(prefers-color-scheme:dark){body{color:#e8ebee;background:#121517}}
      """;

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark"><title>{name}</title><style>{style}</style></head><body><main>
      <h1>{name}</h1>
      {why}<p>This page requires the token of this server. It is in<br><code>{file}</code>,<br>which only the server's user
      can read. At its start the server also prints a link that works once.</p>
      <form method="post" action="/login">
      <label for="token">Token</label><input id="token" name="token" type="password" autocomplete="current-password">
      <button>Show the page</button>
      </form></main></body></html>
      """;

  /**
   * What a browser may do with the page: show it, and send its form to its own server. Without any
   * referrer it would name the form's origin null, which the server takes for a foreign page.
   */
  public static final Map<String, String> POLICY =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'sha256-"
              + hash(STYLE)
              + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "same-origin");

  private LoginPage() {}

  /**
   * The page.
   *
   * @param name of the server, such as {@code Site node}
   * @param why what is wrong with what was shown; empty: nothing was
   * @param file where the token is
   */
  public static String of(String name, String why, String file) {
    return PAGE.replace("{style}", STYLE)
        .replace(
            "{why}",
            why.isEmpty() ? "" : "<p role=\"alert\"><strong>" + text(why) + "</strong></p>\n")
        .replace("{name}", text(name))
        .replace("{file}", text(file));
  }

  private static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String hash(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
