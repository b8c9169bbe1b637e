package org.clickmill.jobs.ingest;

import com.dynatrace.hash4j.hashing.Hashing;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest.Source;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * Which files are in the warehouse whole: a record a file, written when the last of its hours is
 * published. A file without record may still lie in some hours, whose manifests then list it.
 */
public final class ImportRecords {
  private static final String FOLDER = "_imports";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Warehouse warehouse;

  ImportRecords(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Deletes the records of files of whose hours none is there any more. These hours' manifests
   * still list them, so that such a file, if it comes again, is read and adds nothing.
   */
  public static void deleteExpired(Warehouse warehouse) throws IOException {
    var there = new HashSet<String>();
    var expired = new HashSet<String>();
    for (var manifest : warehouse.manifests(Datasets.EVENTS, null, null).values()) {
      var identities = manifest.hasExpired() ? expired : there;
      manifest.sources().forEach(source -> identities.add(source.identity()));
    }
    expired.removeAll(there);
    var records = new ImportRecords(warehouse);
    var files = new HashSet<String>();
    expired.forEach(identity -> files.add(records.path(identity).getName()));
    for (var status : warehouse.disk().list(new Path(warehouse.root(), FOLDER))) {
      if (files.contains(status.getPath().getName())) {
        warehouse.disk().delete(status.getPath());
      }
    }
  }

  /** The record of an identity; an unreadable one counts as none, since importing again is safe. */
  Optional<Source> find(String identity) throws IOException {
    try (var in = warehouse.fileSystem().open(path(identity))) {
      return Optional.of(JSON.readValue((InputStream) in, Source.class));
    } catch (FileNotFoundException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  void write(Source source) throws IOException {
    warehouse.disk().write(path(source.identity()), JSON.writeValueAsBytes(source));
  }

  private Path path(String identity) {
    byte[] utf8 = identity.getBytes(StandardCharsets.UTF_8);
    return new Path(
        warehouse.root(), FOLDER + "/" + Hashing.murmur3_128().hashBytesTo128Bits(utf8) + ".json");
  }
}
