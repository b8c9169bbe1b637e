package org.clickmill.jobs.push;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * What a topic held when it was last seen, in a file of the warehouse. It only answers how far
 * behind a topic is that cannot be reached; what is pushed never depends on it.
 */
final class PushedCache {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Warehouse warehouse;
  private final Path file;

  PushedCache(Warehouse warehouse, String topic, String table) {
    this.warehouse = warehouse;
    this.file = new Path(warehouse.root(), "_push/" + topic + "/" + table + ".json");
  }

  Path file() {
    return file;
  }

  /** What was seen; nothing if nothing was, or the file was written half. */
  PushedVersions read() throws IOException {
    var versions = new PushedVersions();
    if (!warehouse.fileSystem().exists(file)) {
      return versions;
    }
    try (var in = warehouse.fileSystem().open(file)) {
      JSON.readValue(in.readAllBytes(), new TypeReference<TreeMap<String, Integer>>() {})
          .forEach((day, version) -> versions.put(LocalDate.parse(day), version));
      return versions;
    } catch (com.fasterxml.jackson.core.JsonProcessingException | DateTimeException e) {
      // Written half.
      return new PushedVersions();
    }
  }

  /** Adds what was seen now, in the place of what was seen of the same days. */
  void add(PushedVersions versions) throws IOException {
    var texts = new TreeMap<String, Integer>();
    read().all().forEach((day, version) -> texts.put(day.toString(), version));
    versions.all().forEach((day, version) -> texts.put(day.toString(), version));
    warehouse.disk().write(file, JSON.writeValueAsBytes(texts));
  }
}
