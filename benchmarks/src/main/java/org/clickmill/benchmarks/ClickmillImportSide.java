package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Clickmill's {@code import} and {@code compact}, each a process of its own.
 *
 * @param name how it is called in results
 * @param form what the files are
 * @param files their folder
 * @param folder where its warehouse goes
 * @param discarded takes those of earlier rounds
 * @param more arguments of both commands
 */
record ClickmillImportSide(
    String name,
    ClickmillCommand command,
    Form form,
    Path files,
    Path folder,
    Discarded discarded,
    List<String> more)
    implements Side {

  @Override
  public Map<String, String> versions() throws IOException, InterruptedException {
    return command.versions();
  }

  @Override
  public void prepare(Question question) throws IOException {
    discarded.take(folder);
    Files.createDirectories(folder);
  }

  @Override
  public Measurement answer(Question question) throws IOException, InterruptedException {
    var imported = run("import", "--mapping", form.mapping(), "--input", files.toString());
    return imported.then(run("compact"));
  }

  private Measurement run(String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--warehouse", warehouse().toString()));
    all.addAll(more);
    return command.run(all);
  }

  @Override
  public String relation(ComparedTable table) {
    return table.relation(warehouse());
  }

  private Path warehouse() {
    return folder.resolve("warehouse");
  }
}
