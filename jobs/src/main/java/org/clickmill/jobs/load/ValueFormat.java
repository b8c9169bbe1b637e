package org.clickmill.jobs.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.mapping.MessageDecoder;
import org.clickmill.formats.mapping.SchemaSource;

/**
 * What the values of messages are.
 *
 * @param kind how they are encoded
 * @param schema text of the schema of Avro values, or where schemas are found by their ids; null
 *     for JSON
 */
public record ValueFormat(Kind kind, String schema) {
  public static final ValueFormat JSON = new ValueFormat(Kind.JSON, null);

  /** The encodings. */
  public enum Kind {
    JSON,
    /** Avro of one schema, which is known. */
    AVRO,
    /** Avro behind the header of a schema registry at an address. */
    REGISTRY,
    /** The same, with the schemas in a folder. */
    SCHEMA_FOLDER
  }

  /**
   * Avro values of a schema.
   *
   * @param file of the schema
   */
  public static ValueFormat avro(String file, Configuration configuration) {
    var path = new Path(file);
    try (InputStream in = path.getFileSystem(configuration).open(path)) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new ValueFormat(Kind.AVRO, new Schema.Parser().parse(text).toString());
    } catch (IOException | AvroRuntimeException e) {
      throw ClickmillException.usage("Cannot read Avro schema %s: %s", file, e.getMessage(), e);
    }
  }

  /**
   * Avro values that name their schema by an id.
   *
   * @param place a registry's address, or a folder
   */
  public static ValueFormat registry(String place, Configuration configuration) {
    if (place.startsWith("http://") || place.startsWith("https://")) {
      return new ValueFormat(Kind.REGISTRY, place);
    }
    try {
      var path = new Path(place);
      var fileSystem = path.getFileSystem(configuration);
      if (!fileSystem.getFileStatus(path).isDirectory()) {
        throw ClickmillException.usage("Invalid folder of schemas: %s is not a folder", place);
      }
      return new ValueFormat(Kind.SCHEMA_FOLDER, fileSystem.makeQualified(path).toString());
    } catch (IOException e) {
      throw ClickmillException.usage(
          "Missing schemas: %s is neither a folder nor a registry's address", place, e);
    }
  }

  /** The folder that tasks read schemas from, if they do. */
  Optional<Path> folder() {
    return kind == Kind.SCHEMA_FOLDER ? Optional.of(new Path(schema)) : Optional.empty();
  }

  MessageDecoder decoder(
      Mapping mapping, Map<String, String> clientProperties, Configuration configuration)
      throws IOException {
    return switch (kind) {
      case JSON -> MessageDecoder.ofJson(mapping);
      case AVRO ->
          MessageDecoder.ofAvro(mapping, new Schema.Parser().parse(schema), "the given schema");
      case REGISTRY ->
          MessageDecoder.ofRegistry(mapping, SchemaSource.registry(schema, clientProperties));
      case SCHEMA_FOLDER -> {
        var folder = new Path(schema);
        yield MessageDecoder.ofRegistry(
            mapping, SchemaSource.folder(folder.getFileSystem(configuration), folder));
      }
    };
  }
}
