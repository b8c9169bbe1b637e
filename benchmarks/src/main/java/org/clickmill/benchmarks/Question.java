package org.clickmill.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A question that all sides answer, each with a process of its own.
 *
 * @param table the table of results that it stands in: A for the shapes that everyone knows, B for
 *     Clickmill's tables with all that is in them
 * @param name its row
 * @param settings what narrows Clickmill down to the tables that are compared
 * @param scripts the files of SQL that answer it, in order, without folder and extension; each peer
 *     has its own of these names
 * @param compared the tables that are the answer
 */
record Question(
    String table,
    String name,
    List<String> settings,
    List<String> scripts,
    List<ComparedTable> compared) {

  /** The same question in another table of results. */
  Question in(String other) {
    return new Question(other, name, settings, scripts, compared);
  }

  /** Clickmill's command: renews the tables that are compared and what they are made from. */
  List<String> command() {
    var names = compared.stream().map(ComparedTable::name).collect(Collectors.joining(","));
    var command = new ArrayList<String>();
    command.addAll(List.of("pipeline", "--tables", names));
    for (var setting : settings) {
      command.addAll(List.of("-D", setting));
    }
    return command;
  }

  /** How it is called where both tables are spoken of. */
  @Override
  public String toString() {
    return table + " " + name;
  }
}
