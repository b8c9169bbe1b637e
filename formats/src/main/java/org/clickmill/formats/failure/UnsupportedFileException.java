package org.clickmill.formats.failure;

/** What a sound file uses and cannot be read here; whoever knows the file completes the message. */
public final class UnsupportedFileException extends DamagedFileException {
  private static final long serialVersionUID = 1L;

  public UnsupportedFileException(String format, Object... arguments) {
    super(format, arguments);
  }
}
