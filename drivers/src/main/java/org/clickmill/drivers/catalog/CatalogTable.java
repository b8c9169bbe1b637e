package org.clickmill.drivers.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.table.TableDescription;
import org.clickmill.formats.table.TableDescription.Column;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table.Cadence;
import org.clickmill.jobs.live.Live;

/**
 * A table as those see it who query it.
 *
 * @param name its name, which is also its folder
 * @param schema its columns
 * @param description what they mean
 * @param partitions the keys of its partitions' folders, which are columns of type string
 * @param isAvro whether its files are Avro, not Parquet
 * @param entry how it is computed; empty for what comes in, and for what checks found
 */
public record CatalogTable(
    String name,
    TableSchema schema,
    TableDescription description,
    List<PartitionKey> partitions,
    boolean isAvro,
    Optional<Entry> entry) {

  /** A key of a partition's folder. */
  public record PartitionKey(String name, String text) {}

  public CatalogTable {
    partitions = List.copyOf(partitions);
  }

  /** What a row is, in a sentence. */
  public String text() {
    return description.text();
  }

  public List<Column> columns() {
    return description.columns();
  }

  /**
   * The columns that identify a row, those of the partition first; empty where rows may be equal.
   */
  public Optional<List<String>> key() {
    return description.key().map(this::withPartitions);
  }

  private List<String> withPartitions(List<String> key) {
    var all = new ArrayList<>(partitions.stream().map(PartitionKey::name).toList());
    all.addAll(key);
    return List.copyOf(all);
  }

  /** What it is computed from, each as a phrase such as "view_counts of the same day". */
  public List<String> inputs() {
    return entry.map(found -> phrases(found.table().inputs())).orElse(List.of());
  }

  private static List<String> phrases(Inputs inputs) {
    var period = period(inputs.daysBefore(), inputs.daysAfter());
    return inputs.datasets().stream().map(dataset -> dataset + " " + period).toList();
  }

  private static String period(int before, int after) {
    if (before == Inputs.ALL_DAYS) {
      return "of all days up to dt";
    }
    if (after == 0) {
      return before == 0 ? "of the same day" : "of the " + (before + 1) + " days that end with dt";
    }
    return after > 1
        ? "of the days of the week or month"
        : "of dt and the " + (before == 0 ? "" : "days before and ") + "day after";
  }

  /** The settings that change its rows. */
  public List<ConfigKey<?>> settings() {
    return entry.<List<ConfigKey<?>>>map(found -> found.table().settings()).orElse(List.of());
  }

  /** The commands that write it. */
  public List<String> commands() {
    if (isLive()) {
      return List.of("live", "load --live");
    }
    if (name.equals(Datasets.DATA_QUALITY)) {
      return List.of("pipeline");
    }
    return entry
        .map(found -> List.of(found.isAnalyzed() ? "analyze" : found.command(), "pipeline"))
        .map(commands -> commands.stream().distinct().toList())
        .orElse(List.of("import", "load"));
  }

  /** Whether it follows the loader, so that no settings ask for it. */
  boolean isLive() {
    return entry.isPresent() && entry.get().maker() instanceof Live;
  }

  /** Which partitions there are, as a sentence. */
  public String cadence() {
    if (entry.isEmpty()) {
      return partitions.size() == 1
          ? "One a day."
          : "One for each " + partitions.get(1).text() + ".";
    }
    var table = entry.get().table();
    if (table.cadence() == Cadence.SNAPSHOT) {
      return "A snapshot of the last day asked for; older ones stay.";
    }
    return switch (table.grain()) {
      case DAY -> "One a day.";
      case WEEK -> "One a week, named after its Monday.";
      case MONTH -> "One a month, named after its first day.";
    };
  }
}
