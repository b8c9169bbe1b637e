package org.clickmill.drivers.oozie;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people are told about a workflow that failed.
 *
 * @param subject in one line
 * @param body all of it
 * @param text both, under the name by which most chat servers look for it
 * @param job the name of the workflow
 * @param workflow its id
 * @param action the action that failed
 * @param day the day that the workflow was about, or null
 * @param errorCode the exit code of the action's command, or a code of Oozie's
 * @param meaning of the code
 * @param reason the first lines of the reason
 */
record Notice(
    String subject,
    String body,
    String text,
    String job,
    String workflow,
    String action,
    String day,
    String errorCode,
    String meaning,
    List<String> reason) {
  private static final int MOST_CHARACTERS = 1000;

  /** Of the failure as Oozie sees it, and of the reason that the action has left, if any. */
  static Notice of(
      String job,
      String workflow,
      String action,
      String day,
      String errorCode,
      String errorMessage,
      Optional<Reason> left) {
    var meaning = ExitCode.meaning(errorCode);
    var reason =
        left.map(Reason::reason)
            .filter(lines -> !lines.isEmpty())
            .orElseGet(() -> ofOozie(errorMessage));
    var subject =
        "Clickmill: "
            + job
            + (day == null ? "" : " of " + day)
            + " failed in "
            + action
            + " ("
            + errorCode
            + ": "
            + meaning
            + ")";
    var lines = new ArrayList<String>();
    lines.add("job:       " + job);
    if (day != null) {
      lines.add("day:       " + day);
    }
    lines.add("workflow:  " + workflow);
    lines.add("action:    " + action);
    lines.add("exit code: " + errorCode + ", " + meaning);
    left.ifPresent(found -> lines.add("command:   " + found.command()));
    left.ifPresent(found -> lines.add("time:      " + found.time()));
    lines.add("reason:");
    reason.forEach(line -> lines.add("  " + line));
    var body = String.join("\n", lines);
    return new Notice(
        subject,
        body,
        subject + "\n\n" + body,
        job,
        workflow,
        action,
        day,
        errorCode,
        meaning,
        reason);
  }

  private static List<String> ofOozie(String message) {
    return message == null
        ? List.of("Oozie gives none; the log of the action's launcher may.")
        : Reason.withoutSecrets(Reason.cut(message, MOST_CHARACTERS)).lines().toList();
  }
}
