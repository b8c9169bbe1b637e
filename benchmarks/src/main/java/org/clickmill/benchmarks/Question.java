package org.clickmill.benchmarks;

import java.util.List;

/**
 * A question that all sides answer, each with a process of its own.
 *
 * @param table the table of results that it stands in
 * @param name its row
 * @param command Clickmill's command line, without the warehouse
 * @param scripts the files of SQL that answer it, in order, without folder and extension; each peer
 *     that is asked in SQL has its own of these names
 * @param compared the tables that are the answer
 */
record Question(
    String table,
    String name,
    List<String> command,
    List<String> scripts,
    List<ComparedTable> compared) {

  /** The same as another row of another table. */
  Question as(String otherTable, String otherName) {
    return new Question(otherTable, otherName, command, scripts, compared);
  }

  /** How it is called where several tables are spoken of. */
  @Override
  public String toString() {
    return table + " " + name;
  }
}
