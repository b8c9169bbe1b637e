package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Something that happens to a cluster while a command runs.
 *
 * @param name for the option
 * @param what happens, in words
 * @param command during which it does
 * @param settings for that command, as NAME=VALUE
 * @param message what the user has to be told; null if the command must not fail
 * @param strike waits for its moment and does it, in a thread of its own that is interrupted when
 *     the command has ended
 * @param undo brings back what the cluster's own healing does not, once the command has ended
 */
record Death(
    String name,
    String what,
    String command,
    List<String> settings,
    Pattern message,
    Act strike,
    Act undo) {
  static final String IMPORT = "import";
  static final String PIPELINE = "pipeline";

  private static final Act NOTHING = scene -> {};

  Death {
    settings = List.copyOf(settings);
  }

  /** Something that is done to a cluster. */
  @FunctionalInterface
  interface Act {
    void on(Scene scene) throws IOException, InterruptedException;
  }

  /** One that a command outlives, and after which servers are started again, no more. */
  Death(String name, String what, String command, Act strike) {
    this(name, what, command, List.of(), null, strike, NOTHING);
  }

  Death with(List<String> added) {
    return new Death(name, what, command, added, message, strike, undo);
  }

  /** One that may make the command fail, with a message that has this. */
  Death telling(String regex) {
    return new Death(name, what, command, settings, Pattern.compile(regex), strike, undo);
  }

  Death undoneBy(Act act) {
    return new Death(name, what, command, settings, message, strike, act);
  }
}
