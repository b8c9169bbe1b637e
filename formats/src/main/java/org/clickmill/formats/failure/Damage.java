package org.clickmill.formats.failure;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What is wrong with a file, in the words of whoever found it where these say something. */
public final class Damage {
  private Damage() {}

  /**
   * The end of a message that names the file. Exceptions of Java itself (an index out of bounds, no
   * room in a buffer) are how decoders trip over damaged bytes; their words say nothing to a user.
   */
  public static String describe(Throwable thrown) {
    if (thrown instanceof UncheckedIOException unchecked) {
      return describe(unchecked.getCause());
    }
    if (thrown instanceof StackOverflowError) {
      return "nested too deeply";
    }
    var message = thrown.getMessage();
    boolean hasWords = message != null && !message.isBlank() && !message.equals("null");
    if (thrown instanceof EOFException) {
      return hasWords ? message : "the data ends too early";
    }
    boolean isOfJava =
        thrown.getClass().getName().startsWith("java.")
            && !(thrown instanceof IOException)
            && !(thrown instanceof UnsupportedOperationException);
    return hasWords && !isOfJava && !message.contains("java.lang.")
        ? message + because(message, thrown.getCause())
        : "damaged, its bytes cannot be decoded";
  }

  private static String because(String message, Throwable cause) {
    if (cause == null) {
      return "";
    }
    var reason = describe(cause);
    return message.contains(reason) ? "" : ": " + reason;
  }
}
