package org.clickmill.drivers.doctor;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param check what was looked at, in a few words
 * @param state how it is to be taken
 * @param found what was found, or why nothing was looked for: a clause without a full stop
 * @param advice what to do, in sentences; null where there is nothing to do
 */
public record Finding(String check, State state, String found, String advice) {
  static Finding ok(String check, String found) {
    return new Finding(check, State.OK, found, null);
  }

  static Finding warning(String check, String found, String advice) {
    return new Finding(check, State.WARNING, found, advice);
  }

  static Finding failed(String check, String found, String advice) {
    return new Finding(check, State.FAILED, found, advice);
  }

  static Finding skipped(String check, String reason) {
    return new Finding(check, State.SKIPPED, reason, null);
  }

  /** As one line, behind the state. */
  String text() {
    var text = String.format(Locale.ROOT, "%-8s %s: %s", state.text(), check, found);
    return advice == null ? text : text + ". " + advice;
  }
}
