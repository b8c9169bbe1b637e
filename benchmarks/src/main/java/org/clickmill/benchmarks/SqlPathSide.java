package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * An engine in one process: the question's first script makes Parquet of the files, the others make
 * the tables from that.
 *
 * @param name how it is called in results
 * @param files the folder of the files
 * @param folder where its scripts, log and tables go
 * @param discarded takes those of earlier rounds
 */
record SqlPathSide(String name, SqlEngine engine, Path files, Path folder, Discarded discarded)
    implements PathSide {

  @Override
  public Map<String, String> versions() throws IOException {
    return engine.versions();
  }

  @Override
  public void prepare(Question question) throws IOException {
    discarded.take(folder);
    scripts().write(question);
  }

  @Override
  public PathTime walk(Question question) throws IOException, InterruptedException {
    var whole = scripts().run(question);
    var times = scripts().times(question);
    var first = times.get(0);
    var steps = times.stream().map(SqlScripts.Time::step).toList();
    return new PathTime(
        whole,
        whole.without(first.step().seconds(), first.cpuSeconds()),
        PathTime.withRest(whole.wallSeconds(), steps));
  }

  @Override
  public String relation(ComparedTable table) {
    return scripts().relation(table);
  }

  private SqlScripts scripts() {
    return new SqlScripts(engine, folder, Map.of("files", files));
  }
}
