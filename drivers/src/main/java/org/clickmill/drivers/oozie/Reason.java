package org.clickmill.drivers.oozie;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Why an action failed.
 *
 * @param workflow the id of the workflow
 * @param action the name of the action in it
 * @param command the command line
 * @param exitCode what the command ended with
 * @param reason the first lines of what it said
 * @param time when it failed, in ISO form
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Reason(
    String workflow,
    String action,
    String command,
    int exitCode,
    List<String> reason,
    String time) {
  private static final int MOST_LINES = 20;
  private static final int MOST_CHARACTERS = 500;

  /** Whoever puts a password into an address or a property does not find it in a mail. */
  private static final Pattern USER_OF_ADDRESS = Pattern.compile("(?<=//)[^/\\s@]+@");

  private static final Pattern SECRET_PROPERTY =
      Pattern.compile(
          "(?i)(\\S*(?:password|passwd|secret|token|credential|access\\.key)[^\\s=]*=)\\S+");

  static Reason of(
      String workflow,
      String action,
      List<String> command,
      int exitCode,
      String text,
      Instant time) {
    var lines =
        text.lines()
            .filter(line -> !line.isBlank())
            .limit(MOST_LINES)
            .map(Reason::withoutSecrets)
            .map(line -> cut(line, MOST_CHARACTERS))
            .toList();
    return new Reason(
        workflow,
        action,
        withoutSecrets(String.join(" ", command)),
        exitCode,
        lines,
        time.toString());
  }

  static String withoutSecrets(String text) {
    var withoutUsers = USER_OF_ADDRESS.matcher(text).replaceAll("[hidden]@");
    return SECRET_PROPERTY.matcher(withoutUsers).replaceAll("$1[hidden]");
  }

  static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + " ...";
  }
}
