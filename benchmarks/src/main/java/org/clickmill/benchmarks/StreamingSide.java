package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Hadoop Streaming with Python, on the Hadoop that Clickmill embeds, with Clickmill's input format
 * for events. It writes lines of text, not Parquet.
 *
 * @param days the first days of the warehouse, which it reads
 * @param library Hadoop Streaming's jar
 * @param folder where its scripts, log, temporary files and answers go
 */
record StreamingSide(
    ClickmillCommand clickmill,
    GeneratedWarehouse warehouse,
    List<LocalDate> days,
    Path library,
    Path folder,
    Machine machine)
    implements Side {

  private static final List<String> SCRIPTS = List.of("mapper.py", "reducer.py");

  @Override
  public String name() {
    return "Hadoop Streaming";
  }

  @Override
  public Map<String, String> versions() throws IOException, InterruptedException {
    var log = folder.resolveSibling("python.log");
    MeasuredProcess.run(List.of("python3", "--version"), Map.of(), log);
    return Map.of(
        "Hadoop Streaming",
        Resources.versionOf(library, "hadoop-streaming-"),
        "Python",
        Files.readString(log).replace("Python", "").strip());
  }

  @Override
  public void prepare(Question question) throws IOException {
    warehouse.discarded().take(folder);
    Files.createDirectories(folder.resolve("temporary"));
    for (var script : SCRIPTS) {
      Files.writeString(folder.resolve(script), Resources.text("streaming/" + script));
    }
  }

  @Override
  public Measurement answer(Question question) throws IOException, InterruptedException {
    var places =
        Map.of(
            "cores",
            machine.cores(),
            "heap",
            machine.halfOfMemory(),
            "temporary",
            folder.resolve("temporary"));
    var command = new ArrayList<String>();
    command.add(MeasuredProcess.java());
    command.addAll(Resources.options("streaming/java.options", places));
    command.addAll(
        List.of(
            "-cp",
            library + ":" + clickmill.jar() + ":" + clickmill.hadoop() + "/*",
            "org.apache.hadoop.streaming.HadoopStreaming"));
    for (var option : Resources.options("streaming/job.options", places)) {
      command.addAll(List.of("-D", option));
    }
    command.addAll(
        List.of(
            "-inputformat",
            "org.clickmill.formats.read.streaming.EventTextInputFormat",
            "-input",
            days.stream()
                .map(day -> warehouse.events().resolve("dt=" + day).toString())
                .collect(Collectors.joining(",")),
            "-output",
            answers().toString(),
            "-partitioner",
            "org.apache.hadoop.mapred.lib.KeyFieldBasedPartitioner",
            "-mapper",
            "python3 " + folder.resolve("mapper.py"),
            "-reducer",
            "python3 " + folder.resolve("reducer.py")));
    return MeasuredProcess.run(command, Map.of(), folder.resolve("streaming.log"));
  }

  @Override
  public String relation(ComparedTable table) {
    return """
        (SELECT * FROM read_csv(
          '%s/part-*',
          delim = '\t',
          header = false,
          auto_detect = false, -- A reducer without days writes an empty file.
          columns = {
            'dataset': 'VARCHAR', 'dt': 'VARCHAR', 'rank': 'INTEGER', 'product_id': 'VARCHAR',
            'views': 'BIGINT', 'share': 'DOUBLE'
          })
        WHERE dataset = '%s')"""
        .formatted(answers(), table.name());
  }

  private Path answers() {
    return folder.resolve("answers");
  }
}
