package org.clickmill.formats.failure;

import java.util.Locale;

/** What is wrong with the bytes of a file; whoever knows the file's name completes the message. */
public class DamagedFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DamagedFileException(String format, Object... arguments) {
    super(String.format(Locale.ROOT, format, arguments));
  }

  /** The same with the place in the file, which its message then begins with. */
  public DamagedFileException at(String place) {
    return new DamagedFileException("%s%s", place, getMessage());
  }
}
