package org.clickmill.formats.failure;

import java.util.Locale;

/**
 * A failure whose message is meant for the user: what, where (path, line or offset, field) and what
 * to do. Everything else that is thrown is a defect or the environment's.
 */
public final class ClickmillException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Failure failure;

  public ClickmillException(Failure failure, String message, Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  public ClickmillException(Failure failure, String message) {
    this(failure, message, null);
  }

  public Failure failure() {
    return failure;
  }

  public static ClickmillException failed(String format, Object... arguments) {
    return of(Failure.FAILED, format, arguments);
  }

  public static ClickmillException usage(String format, Object... arguments) {
    return of(Failure.USAGE, format, arguments);
  }

  public static ClickmillException notReady(String format, Object... arguments) {
    return of(Failure.NOT_READY, format, arguments);
  }

  public static ClickmillException quality(String format, Object... arguments) {
    return of(Failure.QUALITY, format, arguments);
  }

  public static ClickmillException held(String format, Object... arguments) {
    return of(Failure.HELD, format, arguments);
  }

  /** The last argument becomes the cause when it is a throwable. */
  private static ClickmillException of(Failure failure, String format, Object... arguments) {
    var last = arguments.length == 0 ? null : arguments[arguments.length - 1];
    var cause = last instanceof Throwable throwable ? throwable : null;
    return new ClickmillException(failure, String.format(Locale.ROOT, format, arguments), cause);
  }
}
