package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * An engine that is asked in SQL of the generated events.
 *
 * @param folder where its scripts, log and answers go
 */
record SqlSide(SqlEngine engine, GeneratedWarehouse warehouse, Path folder) implements Side {

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public Map<String, String> versions() throws IOException {
    return engine.versions();
  }

  @Override
  public void prepare(Question question) throws IOException {
    warehouse.discarded().take(folder);
    scripts().write(question);
  }

  @Override
  public Measurement answer(Question question) throws IOException, InterruptedException {
    return scripts().run(question);
  }

  @Override
  public String relation(ComparedTable table) {
    return scripts().relation(table);
  }

  private SqlScripts scripts() {
    return new SqlScripts(engine, folder, warehouse.places());
  }
}
