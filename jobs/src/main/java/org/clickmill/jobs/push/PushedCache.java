package org.clickmill.jobs.push;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * What a topic held when it was last seen, in a file of the warehouse. It answers how far behind a
 * topic is that cannot be reached, and where changes may be looked for without reading the topic.
 * Which version is pushed never depends on it.
 */
final class PushedCache {
  static final String FOLDER = "_push";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of how many days it is known which rows were pushed, so that the file stays small. */
  private static final int DAYS_WITH_ROWS = 62;

  private final Warehouse warehouse;
  private final Path file;

  PushedCache(Warehouse warehouse, String topic, String table) {
    this.warehouse = warehouse;
    this.file = new Path(warehouse.root(), FOLDER + "/" + topic + "/" + table + ".json");
  }

  /**
   * What was pushed of a partition.
   *
   * @param version of the partition
   * @param rows what the rows are that a push of this warehouse has sent; null if unknown
   * @param form how these were made messages; null if unknown
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Entry(int version, Fingerprint rows, String form) {
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Entry of(
        @JsonProperty("version") int version,
        @JsonProperty("rows") Fingerprint rows,
        @JsonProperty("form") String form) {
      return new Entry(version, rows, form);
    }

    /** As files were written that knew nothing of the rows. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Entry ofVersion(int version) {
      return new Entry(version, null, null);
    }

    private Entry withoutRows() {
      return ofVersion(version);
    }
  }

  Path file() {
    return file;
  }

  /** What was seen, by the partitions' days; nothing if nothing was, or the file is damaged. */
  SortedMap<LocalDate, Entry> read() throws IOException {
    if (!warehouse.fileSystem().exists(file)) {
      return Collections.emptySortedMap();
    }
    var entries = new TreeMap<LocalDate, Entry>();
    try (var in = warehouse.fileSystem().open(file)) {
      JSON.readValue(in.readAllBytes(), new TypeReference<TreeMap<String, Entry>>() {})
          .forEach((day, entry) -> entries.put(LocalDate.parse(day), entry));
      return entries;
    } catch (JsonProcessingException | DateTimeException e) {
      // Written half.
      return Collections.emptySortedMap();
    }
  }

  /** The versions that were seen. */
  PushedVersions versions() throws IOException {
    var versions = new PushedVersions();
    read().forEach((day, entry) -> versions.put(day, entry.version()));
    return versions;
  }

  /**
   * Adds what was seen now, in the place of what was seen of the same days.
   *
   * @param pushed those that were pushed now
   */
  void add(PushedVersions versions, Map<LocalDate, Entry> pushed) throws IOException {
    var before = read();
    var entries = new TreeMap<>(before);
    versions
        .all()
        .forEach(
            (day, version) -> {
              var known = entries.get(day);
              if (known == null || known.version() != version) {
                entries.put(day, Entry.ofVersion(version));
              }
            });
    entries.putAll(pushed);
    int withRows = 0;
    for (var entry : entries.descendingMap().entrySet()) {
      if (entry.getValue().rows() != null && ++withRows > DAYS_WITH_ROWS) {
        entry.setValue(entry.getValue().withoutRows());
      }
    }
    if (entries.equals(before)) {
      return;
    }
    var texts = new TreeMap<String, Entry>();
    entries.forEach((day, entry) -> texts.put(day.toString(), entry));
    warehouse.disk().write(file, JSON.writeValueAsBytes(texts));
  }
}
