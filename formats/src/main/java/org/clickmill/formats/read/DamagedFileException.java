package org.clickmill.formats.read;

import java.util.Locale;

/** What is wrong with the bytes of a file; whoever knows the file's name completes the message. */
class DamagedFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedFileException(String format, Object... arguments) {
    super(String.format(Locale.ROOT, format, arguments));
  }
}
