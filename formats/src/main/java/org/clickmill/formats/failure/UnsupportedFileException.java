package org.clickmill.formats.failure;

/** What a sound file uses and cannot be read here; whoever knows the file completes the message. */
public final class UnsupportedFileException extends DamagedFileException {
  private static final long serialVersionUID = 1L;

  /**
   * @param format of what the file uses, as the beginning of a sentence
   */
  public UnsupportedFileException(String format, Object... arguments) {
    super(format + ", which is not supported; write the file again in another way", arguments);
  }

  private UnsupportedFileException(String place, UnsupportedFileException found) {
    super("%s%s", place, found.getMessage());
  }

  @Override
  public UnsupportedFileException at(String place) {
    return new UnsupportedFileException(place, this);
  }
}
