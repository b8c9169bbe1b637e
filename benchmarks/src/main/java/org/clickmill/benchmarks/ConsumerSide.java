package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A bare consumer of the topic, which drops what it reads: nobody who uses Kafka's client for Java
 * can be faster.
 *
 * @param jars the folder of Kafka's jars
 * @param folder where its log goes
 */
record ConsumerSide(PublishedTopic topic, Path jars, Path folder, Machine machine) implements Side {
  private static final String LIBRARY = "kafka-clients-";

  @Override
  public String name() {
    return "bare consumer";
  }

  @Override
  public Map<String, String> versions() throws IOException {
    return Map.of("Kafka", Resources.versionOf(Resources.jar(jars, LIBRARY), LIBRARY));
  }

  @Override
  public void prepare(Question question) throws IOException {
    Files.createDirectories(folder);
  }

  @Override
  public Measurement answer(Question question) throws IOException, InterruptedException {
    return MeasuredProcess.run(
        List.of(
            MeasuredProcess.java(),
            "-cp",
            System.getProperty("java.class.path") + ":" + jars + "/*",
            ConsumerProcess.class.getName(),
            topic.bootstrapServers(),
            topic.name(),
            Integer.toString(machine.cores())),
        Map.of(),
        log());
  }

  /** What it has counted, a line for each partition. */
  @Override
  public String relation(ComparedTable table) {
    var partitions = new TreeMap<Integer, Long>();
    for (var line : lines()) {
      var words = line.split(" ", -1);
      if (words.length == 3 && words[0].equals(ConsumerProcess.COUNTED)) {
        partitions.put(Integer.parseInt(words[1]), Long.parseLong(words[2]));
      }
    }
    return new RecordCounts(
            partitions, partitions.values().stream().mapToLong(Long::longValue).sum())
        .relation();
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(log());
    } catch (IOException e) {
      throw new BenchmarkException("Cannot read %s: %s", log(), e.getMessage());
    }
  }

  private Path log() {
    return folder.resolve("consumer.log");
  }
}
