package org.clickmill.formats.mapping;

import java.net.URI;
import java.net.URISyntaxException;
import org.clickmill.formats.failure.ClickmillException;

/** The address of a schema registry, of which no password is ever shown. */
final class RegistryAddress {
  private RegistryAddress() {}

  /**
   * Parses an address over HTTP or HTTPS with a host.
   *
   * @throws ClickmillException of kind usage if it is none, or may hold a password: what precedes
   *     an {@code @}, also where it is no valid address
   */
  static URI parse(String text) {
    // Anywhere, as a password may hold what ends the authority of an address.
    if (text.indexOf('@') >= 0) {
      throw ClickmillException.usage(
          "Invalid address of a schema registry: it holds a password, which others could see; put"
              + " %s into the client properties",
          RegistryClient.USER_INFO);
    }
    try {
      var address = new URI(text);
      var scheme = address.getScheme();
      if (("http".equals(scheme) || "https".equals(scheme)) && address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Reported below.
    }
    throw ClickmillException.usage(
        "Invalid address of a schema registry: %s (expected http://host:port)", text);
  }
}
