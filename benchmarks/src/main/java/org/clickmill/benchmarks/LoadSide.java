package org.clickmill.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Clickmill's loader, whose answer is a warehouse in which the hours of a topic are sealed. */
final class LoadSide implements Side {
  private static final String NOTHING_DONE = "Nothing to do: no new records";

  private final String name;
  private final ClickmillCommand command;
  private final PublishedTopic topic;
  private final Path warehouse;
  private final Discarded discarded;
  private RecordCounts counts;

  /**
   * @param warehouse where it loads into
   * @param discarded takes what was loaded in earlier rounds; null to load again into the same
   */
  LoadSide(
      String name,
      ClickmillCommand command,
      PublishedTopic topic,
      Path warehouse,
      Discarded discarded) {
    this.name = name;
    this.command = command;
    this.topic = topic;
    this.warehouse = warehouse;
    this.discarded = discarded;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> versions() throws IOException, InterruptedException {
    return Map.of("Clickmill", command.version(), "Hadoop", command.hadoopVersion());
  }

  @Override
  public void prepare(Question question) throws IOException {
    if (discarded != null) {
      discarded.take(warehouse);
    }
  }

  @Override
  public Measurement answer(Question question) throws IOException, InterruptedException {
    var arguments = new ArrayList<>(question.command());
    arguments.addAll(List.of("--warehouse", warehouse.toString()));
    arguments.addAll(topic.loadOptions());
    var run = command.run(arguments);
    if (discarded == null) {
      requireNothingDone(question);
    }
    counts = loaded();
    if (counts.total() != topic.records()) {
      throw new BenchmarkException(
          "Cannot tell times of %s: %,d records were published, %,d events are in sealed hours",
          question, topic.records(), counts.total());
    }
    return run;
  }

  /** A load that finds nothing new says so, and has taken no job. */
  private void requireNothingDone(Question question) throws IOException {
    var said = Files.readString(command.log()).strip();
    if (!said.contains(NOTHING_DONE)) {
      throw new BenchmarkException(
          "Cannot tell times of %s: nothing was new, but load said: %s", question, said);
    }
  }

  @Override
  public String relation(ComparedTable table) {
    return counts.relation();
  }

  /** What is committed of each partition, and the events of the sealed hours. */
  private RecordCounts loaded() throws IOException, InterruptedException {
    command.run("status", "--json", "--warehouse", warehouse.toString());
    var status = new ObjectMapper().readTree(Files.readString(command.log()));
    var partitions = new TreeMap<Integer, Long>();
    for (var partition : status.at("/loader/partitions")) {
      partitions.put(partition.get("partition").asInt(), partition.get("events").asLong());
    }
    return new RecordCounts(partitions, status.at("/events/events").asLong());
  }
}
