package org.clickmill.drivers.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a finding is to be taken. */
public enum State {
  OK,
  /** Clickmill runs, and somebody should look at it. */
  WARNING,
  /** Something that Clickmill needs is not there. */
  FAILED,
  /** It does not apply here. */
  SKIPPED;

  /** In lower case, as it is printed. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
