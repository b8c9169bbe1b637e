package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes publish one partition on a local disk at a time. */
class ProcessesIT {
  private static final int PROCESSES = 3;
  private static final int REVISIONS = 60;

  @TempDir Path folder;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endProcesses() throws InterruptedException {
    for (var process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  @Timeout(180)
  void everyRevisionIsPublishedOnceByProcesses() throws Exception {
    var root = folder.resolve("mill").toUri().toString();
    var outputs = new ArrayList<BufferedReader>();
    for (int i = 0; i < PROCESSES; i++) {
      var process = start(root, "process-" + i);
      processes.add(process);
      outputs.add(process.inputReader());
    }
    for (var output : outputs) {
      assertThat(output.readLine()).isEqualTo("ready");
    }
    for (var process : processes) {
      process.outputWriter().append("go\n").flush();
    }

    var winners = new TreeMap<Integer, String>();
    for (var output : outputs) {
      String line;
      while ((line = output.readLine()) != null) {
        var words = line.split(" ");
        assertThat(words).as(line).hasSize(3).startsWith("won");
        assertThat(winners.put(Integer.valueOf(words[1]), words[2])).as(line).isNull();
      }
    }
    for (var process : processes) {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
    var configuration = new Configuration();
    Contest.assertEnd(Warehouse.open(new org.apache.hadoop.fs.Path(root), configuration), winners);
    assertThat(winners).hasSizeGreaterThanOrEqualTo(REVISIONS);
  }

  private Process start(String root, String name) throws IOException {
    var classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            PublishingProcess.class.getName(),
            root,
            name,
            Integer.toString(REVISIONS))
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()))
        .start();
  }
}
