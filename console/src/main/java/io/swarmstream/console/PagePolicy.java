package io.swarmstream.console;

import java.util.Map;

/** The headers that each file of the pages comes with. */
final class PagePolicy {
  /** What a browser may do with the pages: run their own files, and ask their own server. */
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(),"
              + " fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(),"
              + " midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(),"
              + " screen-wake-lock=(), usb=(), web-share=(), xr-spatial-tracking=()");

  private PagePolicy() {}
}
