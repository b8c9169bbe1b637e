package org.clickmill.formats.metastore;

import java.io.IOException;

/** The connection to a metastore is broken, so nothing more can be asked over it. */
public final class BrokenConnectionException extends IOException {
  private static final long serialVersionUID = 1L;

  public BrokenConnectionException(String message, Throwable cause) {
    super(message, cause);
  }
}
