package org.clickmill.formats.event;

import java.nio.charset.StandardCharsets;

/** The event types that the analyses know. Events of any other type are kept and skipped. */
public enum EventType {
  VIEW("view"),
  CART("cart"),
  REMOVE_FROM_CART("remove_from_cart"),
  PURCHASE("purchase"),
  RETURN("return");

  private final String text;
  private final byte[] utf8;

  EventType(String text) {
    this.text = text;
    this.utf8 = text.getBytes(StandardCharsets.UTF_8);
  }

  /** As it is written in the events. */
  public String text() {
    return text;
  }

  /** Whether the range of bytes is this type's text. */
  public boolean matches(byte[] bytes, int offset, int length) {
    if (length != utf8.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[offset + i] != utf8[i]) {
        return false;
      }
    }
    return true;
  }
}
