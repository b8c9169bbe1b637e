package org.clickmill.formats.mapping;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Schemas in files of a folder. */
final class SchemaFolder extends SchemaSource {
  private final FileSystem fileSystem;
  private final Path folder;

  SchemaFolder(FileSystem fileSystem, Path folder) {
    this.fileSystem = fileSystem;
    this.folder = folder;
  }

  @Override
  Schema schema(int id) throws BadValueException {
    var file = new Path(folder, id + ".avsc");
    try (var in = fileSystem.open(file)) {
      return parse(new Schema.Parser(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      throw new BadValueException("no file " + file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read schema " + file + ": " + e.getMessage(), e);
    }
  }
}
