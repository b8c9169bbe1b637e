package org.clickmill.jobs.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ReflectionUtils;
import org.clickmill.formats.warehouse.Partition;

/**
 * What a scan is to do, as its tasks see it: what each analysis is to write, and which partitions
 * of the input feed which of its output partitions. It lies in a file, because it may be long.
 */
final class ScanPlan {
  private static final String KEY = "clickmill.internal.fold.plan";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Part> parts;
  private final LocalDate firstDay;
  private final Set<Partition> empty;
  private final Set<Partition> clusteredByUser;

  /**
   * The part of one analysis.
   *
   * @param analysis makes the folds and merges
   * @param wanted by table, the starts of the partitions to write, and whether all inputs are there
   * @param outputs where the partials meet
   */
  record Part(
      Analysis analysis,
      Map<String, SortedMap<LocalDate, Boolean>> wanted,
      List<OutputPartition> outputs) {

    /** The tables that have an output partition, in order. */
    SortedSet<String> outputTables() {
      var tables = new TreeSet<String>();
      outputs.forEach(output -> tables.add(output.table().dataset()));
      return tables;
    }

    /** The datasets that some output partition reads. */
    SortedSet<String> datasets() {
      var datasets = new TreeSet<String>();
      outputs.forEach(output -> output.reads().forEach(read -> datasets.add(read.dataset())));
      return datasets;
    }

    boolean wants(String table, LocalDate start) {
      var starts = wanted.get(table);
      return starts != null && starts.containsKey(start);
    }

    /** Whether all inputs of a partition are there; true for what is not to be written. */
    boolean isComplete(String table, LocalDate start) {
      return !wants(table, start) || wanted.get(table).get(start);
    }

    /** The days of a dataset that some output partition reads. */
    SortedSet<LocalDate> scanned(String dataset) {
      var days = new TreeSet<LocalDate>();
      for (var output : outputs) {
        for (var read : output.reads()) {
          if (read.dataset().equals(dataset)) {
            days.add(read.day());
          }
        }
      }
      return days;
    }

    /** One of the analysis' tables. */
    Table table(String dataset) {
      return analysis.tables().stream()
          .filter(table -> table.dataset().equals(dataset))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("No table of this scan: " + dataset));
    }
  }

  /** A table as the shuffle knows it, by its place in {@link #tables()}. */
  record OutputTable(Part part, Table table) {}

  /**
   * @param empty the partitions that are read and have no rows
   * @param clusteredByUser the days of events of which each user's are in one file
   */
  ScanPlan(
      List<Part> parts,
      LocalDate firstDay,
      Collection<Partition> empty,
      Collection<Partition> clusteredByUser) {
    this.parts = List.copyOf(parts);
    this.firstDay = firstDay;
    this.empty = Set.copyOf(empty);
    this.clusteredByUser = Set.copyOf(clusteredByUser);
  }

  List<Part> parts() {
    return parts;
  }

  LocalDate firstDay() {
    return firstDay;
  }

  /** Whether a partition that is read has no rows, so that no task sees anything of it. */
  boolean isEmpty(Partition partition) {
    return empty.contains(partition);
  }

  /** Whether all events of a user are in one file of the day. */
  boolean isClusteredByUser(Partition day) {
    return clusteredByUser.contains(day);
  }

  /** Every partition that is read. */
  SortedSet<Partition> reads() {
    var reads = new TreeSet<Partition>();
    for (var part : parts) {
      part.outputs().forEach(output -> reads.addAll(output.reads()));
    }
    return reads;
  }

  /**
   * All tables with output partitions; the place in the list stands for the table in the shuffle.
   */
  List<OutputTable> tables() {
    var tables = new ArrayList<OutputTable>();
    for (var part : parts) {
      for (var table : part.outputTables()) {
        tables.add(new OutputTable(part, part.table(table)));
      }
    }
    return tables;
  }

  void write(Configuration configuration, Path file) throws IOException {
    var written =
        new Written(
            parts.stream().map(ScanPlan::written).toList(),
            firstDay == null ? null : firstDay.toEpochDay(),
            empty.stream().map(WrittenPartition::of).toList(),
            clusteredByUser.stream().map(WrittenPartition::of).toList());
    var fileSystem = file.getFileSystem(configuration);
    var target = fileSystem.makeQualified(file);
    try (var out = fileSystem.create(target, true)) {
      JSON.writeValue((OutputStream) out, written);
    }
    configuration.set(KEY, target.toString());
  }

  static ScanPlan read(Configuration configuration) throws IOException {
    var file = new Path(configuration.get(KEY));
    Written written;
    try (var in = file.getFileSystem(configuration).open(file)) {
      written = JSON.readValue((InputStream) in, Written.class);
    }
    var parts = new ArrayList<Part>();
    for (var part : written.parts()) {
      parts.add(read(part, configuration));
    }
    var firstDay = written.firstDay() == null ? null : LocalDate.ofEpochDay(written.firstDay());
    return new ScanPlan(parts, firstDay, read(written.empty()), read(written.clusteredByUser()));
  }

  private static Set<Partition> read(List<WrittenPartition> written) {
    var partitions = new HashSet<Partition>();
    written.forEach(partition -> partitions.add(partition.read()));
    return partitions;
  }

  private record Written(
      List<WrittenPart> parts,
      Long firstDay,
      List<WrittenPartition> empty,
      List<WrittenPartition> clusteredByUser) {}

  private record WrittenPart(
      String analysis,
      String definition,
      Map<String, Map<Long, Boolean>> wanted,
      List<WrittenOutput> outputs) {}

  private record WrittenOutput(String table, long start, Map<String, List<Long>> reads) {}

  private record WrittenPartition(String dataset, long day) {
    private static WrittenPartition of(Partition partition) {
      return new WrittenPartition(partition.dataset(), partition.day().toEpochDay());
    }

    private Partition read() {
      return Partition.ofDay(dataset, LocalDate.ofEpochDay(day));
    }
  }

  private static WrittenPart written(Part part) {
    var wanted = new TreeMap<String, Map<Long, Boolean>>();
    part.wanted()
        .forEach(
            (table, starts) -> {
              var days = new TreeMap<Long, Boolean>();
              starts.forEach((start, complete) -> days.put(start.toEpochDay(), complete));
              wanted.put(table, days);
            });
    var outputs = new ArrayList<WrittenOutput>();
    for (var output : part.outputs()) {
      var reads = new TreeMap<String, List<Long>>();
      for (var read : output.reads()) {
        reads
            .computeIfAbsent(read.dataset(), dataset -> new ArrayList<>())
            .add(read.day().toEpochDay());
      }
      outputs.add(new WrittenOutput(output.table().dataset(), output.start().toEpochDay(), reads));
    }
    var analysis = part.analysis();
    return new WrittenPart(analysis.getClass().getName(), analysis.definition(), wanted, outputs);
  }

  private static Analysis analysis(WrittenPart written, Configuration configuration) {
    try {
      var type = configuration.getClassByName(written.analysis()).asSubclass(Analysis.class);
      return written.definition() == null
          ? ReflectionUtils.newInstance(type, configuration)
          : type.getConstructor(String.class).newInstance(written.definition());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make an analysis: " + written.analysis(), e);
    }
  }

  private static Part read(WrittenPart written, Configuration configuration) {
    var analysis = analysis(written, configuration);
    var wanted = new TreeMap<String, SortedMap<LocalDate, Boolean>>();
    written
        .wanted()
        .forEach(
            (table, starts) -> {
              var days = new TreeMap<LocalDate, Boolean>();
              starts.forEach((start, complete) -> days.put(LocalDate.ofEpochDay(start), complete));
              wanted.put(table, days);
            });
    var tables = new Part(analysis, wanted, List.of());
    var outputs = new ArrayList<OutputPartition>();
    for (var output : written.outputs()) {
      var reads = new HashSet<Partition>();
      output
          .reads()
          .forEach(
              (dataset, days) ->
                  days.forEach(
                      day -> reads.add(Partition.ofDay(dataset, LocalDate.ofEpochDay(day)))));
      outputs.add(
          new OutputPartition(
              tables.table(output.table()), LocalDate.ofEpochDay(output.start()), reads));
    }
    return new Part(analysis, wanted, outputs);
  }
}
