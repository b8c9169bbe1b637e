package org.clickmill.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Clickmill, whose answers are published tables of the warehouse.
 *
 * @param name how it is called in results
 * @param more arguments of every command besides the question's
 */
record ClickmillSide(
    String name, ClickmillCommand command, GeneratedWarehouse warehouse, List<String> more)
    implements Side {

  @Override
  public Map<String, String> versions() throws IOException, InterruptedException {
    return command.versions();
  }

  @Override
  public void prepare(Question question) throws IOException {
    warehouse.forgetTables();
  }

  @Override
  public Measurement answer(Question question) throws IOException, InterruptedException {
    var arguments = new ArrayList<>(question.command());
    arguments.addAll(List.of("--warehouse", warehouse.root().toString()));
    arguments.addAll(more);
    return command.run(arguments);
  }

  @Override
  public String relation(ComparedTable table) {
    return table.relation(warehouse.root());
  }
}
