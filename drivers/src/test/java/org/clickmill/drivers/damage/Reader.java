package org.clickmill.drivers.damage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.mapping.SourcePart;
import org.clickmill.formats.mapping.SourceReader;
import org.clickmill.formats.read.BatchFiles;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;

/** What reads a file: the part of a command that meets its bytes. */
enum Reader {
  /** As {@code import} does. */
  IMPORT {
    @Override
    String read(Path file, FileSystem fileSystem, Configuration configuration) throws IOException {
      var rows = new Digest();
      long rejects = 0;
      var whole = SourcePart.whole(fileSystem, hadoop(file), file.getFileName().toString());
      try (var reader = SourceReader.open(whole, Mapping.named("clickmill"), configuration)) {
        while (reader.next()) {
          if (reader.event() == null) {
            rejects++;
          } else {
            rows.add(reader.event().toString());
          }
        }
      }
      return rows.text() + " rejects " + rejects;
    }
  },

  /** As {@code compact} does. */
  EVENTS {
    @Override
    String read(Path file, FileSystem fileSystem, Configuration configuration) throws IOException {
      var rows = new Digest();
      try (var reader = EventFileReader.open(fileSystem, input(file), configuration)) {
        for (var event = reader.next(null); event != null; event = reader.next(event)) {
          rows.add(event.toString());
        }
      }
      return rows.text();
    }
  },

  /** As an analysis does, with some columns and only what was bought. */
  ANALYSIS {
    @Override
    String read(Path file, FileSystem fileSystem, Configuration configuration) throws IOException {
      var rows = new Digest();
      var columns = List.of("event_time", "event_type", "product_id", "price");
      var request =
          new BatchRequest(
              EventRows.SCHEMA, columns, Set.of("purchase"), Long.MIN_VALUE, Long.MAX_VALUE);
      try (var reader = BatchFiles.open(fileSystem, input(file), request, configuration)) {
        while (reader.next()) {
          var batch = reader.batch();
          var type = batch.strings("event_type");
          var product = batch.strings("product_id");
          var time = batch.longs("event_time");
          var price = batch.longs("price");
          for (int row = 0; row < batch.size(); row++) {
            rows.add(
                type.text(type.ids()[row])
                    + product.text(product.ids()[row])
                    + time.values()[row]
                    + (price.isNull(row) ? "" : price.values()[row]));
          }
        }
      }
      return rows.text();
    }
  },

  /** As the report does. */
  TABLE {
    @Override
    String read(Path file, FileSystem fileSystem, Configuration configuration) throws IOException {
      var rows = new Digest();
      try (var reader = TableReader.open(fileSystem, hadoop(file), configuration)) {
        while (reader.next()) {
          for (var column : reader.columns()) {
            var value = reader.value(column.name());
            rows.add(
                value instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                    : String.valueOf(value));
          }
        }
      }
      return rows.text();
    }
  };

  /** Reads a file to its end and describes its rows so that equal rows have equal words. */
  abstract String read(Path file, FileSystem fileSystem, Configuration configuration)
      throws IOException;

  /** The readers that can read an undamaged file. */
  static List<Reader> of(Specimen specimen) {
    var readers = new ArrayList<Reader>();
    if (!specimen.name().startsWith("table-")) {
      readers.add(IMPORT);
    }
    if (specimen.isEvents()) {
      readers.add(EVENTS);
      readers.add(ANALYSIS);
    }
    if (specimen.isTable()) {
      readers.add(TABLE);
    }
    return readers;
  }

  private static InputFile input(Path file) throws IOException {
    return new InputFile(hadoop(file).toString(), Corpus.PARTITION, Files.size(file));
  }

  private static org.apache.hadoop.fs.Path hadoop(Path file) {
    return new org.apache.hadoop.fs.Path(file.toUri());
  }

  private static final class Digest {
    private final CRC32 crc = new CRC32();
    private long count;

    void add(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      crc.update(bytes, 0, bytes.length);
      crc.update('\n');
      count++;
    }

    String text() {
      return "values " + count + " digest " + Long.toHexString(crc.getValue());
    }
  }
}
