package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * DuckDB in a process of its own, under a JVM that starts as quickly as it can.
 *
 * @param output where the results go
 * @param log where the output of its processes goes
 */
record DuckDbCommand(Path output, Path log) {

  Measurement run(Question question, Path events) throws IOException, InterruptedException {
    GeneratedWarehouse.delete(output);
    Files.createDirectories(output);
    return MeasuredProcess.run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            DuckDbProcess.class.getName(),
            question.name() + ".sql",
            events.toString(),
            output.toString()),
        Map.of(),
        log);
  }
}
