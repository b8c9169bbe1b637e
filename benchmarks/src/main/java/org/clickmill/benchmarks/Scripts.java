package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the peers that are asked in SQL share: a script of statements, and a folder of answers. */
final class Scripts {
  private Scripts() {}

  /** Writes a question's script with the paths filled in. */
  static void write(String peer, Question question, Map<String, Path> paths, Path script)
      throws IOException {
    var text = new StringBuilder();
    for (var name : question.scripts()) {
      text.append(Resources.text(peer + "/" + name + ".sql", paths)).append('\n');
    }
    Files.writeString(script, text);
  }

  /** A table of an answer: all its files, whatever they are called. */
  static String relation(Path answers, ComparedTable table) {
    return "read_parquet('%s/**/*.parquet', hive_partitioning = true)"
        .formatted(answers.resolve(table.name()));
  }
}
