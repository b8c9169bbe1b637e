package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Manifest.Input;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.StagedPartition;

/**
 * Makes publishable partitions of what jobs have staged. Where a partition is made from another of
 * the same run, its manifest names the version that the other will have once it is published.
 */
public final class StagedTables {
  private final Run run;
  private final Catalog catalog;
  private final Map<Partition, Wanted> wanted = new LinkedHashMap<>();
  private final Map<Partition, StagedPartition> made = new HashMap<>();

  private record Wanted(String analysis, Request request) {}

  public StagedTables(Run run, Catalog catalog) {
    this.run = run;
    this.catalog = catalog;
  }

  /** Names partitions that an analysis was asked for. */
  public StagedTables add(String analysis, List<Request> requests) {
    requests.forEach(request -> wanted.put(request.partition(), new Wanted(analysis, request)));
    return this;
  }

  /**
   * Every partition that was asked for.
   *
   * @param staged what was staged; a partition without content gets a file without rows
   */
  public List<StagedPartition> partitions(Map<Partition, StagedContent> staged) throws IOException {
    var schemas = new HashMap<Partition, TableSchema>();
    wanted.forEach((partition, want) -> schemas.put(partition, want.request().table().schema()));
    var contents = new EmptyTables(run).fill(staged, schemas);
    var partitions = new ArrayList<StagedPartition>();
    // In the order of days, since a day may be made from the day before.
    wanted.keySet().stream()
        .sorted((a, b) -> a.day().compareTo(b.day()))
        .forEach(partition -> partitions.add(stage(partition, contents)));
    return partitions;
  }

  private StagedPartition stage(Partition partition, Map<Partition, StagedContent> contents) {
    var known = made.get(partition);
    if (known != null) {
      return known;
    }
    var request = wanted.get(partition).request();
    var table = request.table();
    var content = contents.get(partition);
    var inputs =
        table.inputs().of(request.start(), catalog.firstDay()).stream()
            .map(input -> Input.of(input, version(input, contents)))
            .toList();
    var result =
        new StagedPartition(
            partition,
            catalog.revision(partition),
            content.files(),
            content.fingerprint(),
            inputs,
            wanted.get(partition).analysis(),
            table.logicVersion(),
            table.settings(run.configuration()),
            content.counts(),
            List.of(),
            table.schema().sensitivity());
    made.put(partition, result);
    return result;
  }

  private int version(Partition input, Map<Partition, StagedContent> contents) {
    return wanted.containsKey(input)
        ? stage(input, contents).versionOver(catalog.manifest(input).orElse(null))
        : catalog.version(input);
  }
}
