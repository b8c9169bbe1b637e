package org.clickmill.drivers.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.read.TableReader;

/**
 * Looks for texts in every file below a folder: in its bytes, unpacked where it is packed, and in
 * all values of Parquet and Avro files.
 */
final class WarehouseSearch {
  private final Collection<String> wanted;

  WarehouseSearch(Collection<String> wanted) {
    this.wanted = wanted;
  }

  /** The files that hold one of the texts, below the folder. */
  TreeSet<String> in(Path folder) throws IOException {
    var found = new TreeSet<String>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (isIn(file.getFileName().toString()) || isInFile(file)) {
          found.add(folder.relativize(file).toString());
        }
      }
    }
    return found;
  }

  private boolean isInFile(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    var name = file.getFileName().toString();
    if (isIn(new String(bytes, StandardCharsets.ISO_8859_1))) {
      return true;
    }
    if (name.endsWith(".gz")) {
      try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        return isIn(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
      }
    }
    if (name.endsWith(".parquet")) {
      return isInTable(file);
    }
    return name.endsWith(".avro") && isInAvro(file);
  }

  private boolean isInTable(Path file) throws IOException {
    var path = SmallShop.path(file);
    var configuration = new Configuration();
    try (var reader = TableReader.open(path.getFileSystem(configuration), path, configuration)) {
      while (reader.next()) {
        for (var column : reader.columns()) {
          if (reader.value(column.name()) instanceof byte[] bytes
              ? isIn(new String(bytes, StandardCharsets.ISO_8859_1))
              : isIn(String.valueOf(reader.value(column.name())))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean isInAvro(Path file) throws IOException {
    try (var reader =
        new DataFileReader<GenericRecord>(file.toFile(), new GenericDatumReader<>())) {
      for (var row : reader) {
        if (isIn(row.toString())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isIn(String text) {
    return wanted.stream().anyMatch(text::contains);
  }
}
