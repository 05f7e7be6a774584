package io.swarmstream.site.node.http;

/** Asks a person for the node's token. */
final class LoginPage {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>Site node</title>
      <style>
      body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
      input,button{font:inherit;padding:.3rem .6rem} input{width:100%;box-sizing:border-box;margin-bottom:.6rem}
      @media(prefers-color-scheme:dark){body{color:#eee;background:#181818}}
      </style></head><body>
      <h1>Site node</h1>
      <p><strong>{why}</strong></p>
      <p>This page requires the node's token. It is in<br><code>{file}</code>,<br>which only the node's user can
      read. At its start a node also prints a link that works once.</p>
      <form method="post" action="/login">
      <label for="token">Token</label><input id="token" name="token" type="password" autocomplete="current-password" autofocus>
      <button>Show the status</button>
      </form></body></html>
      """;

  private LoginPage() {}

  static String of(Door door, String why) {
    return PAGE.replace("{why}", why).replace("{file}", StatusPage.text(door.tokenFile()));
  }
}
