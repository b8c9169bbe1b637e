package org.clickmill.formats.mapping;

import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;

/** Where the schemas are that messages name by an id. */
public abstract class SchemaSource {
  SchemaSource() {}

  /** Schemas in the files {@code <id>.avsc} of a folder, each whole in its file. */
  public static SchemaSource folder(FileSystem fileSystem, Path folder) {
    return new SchemaFolder(fileSystem, folder);
  }

  /**
   * Schemas of a registry that answers as Confluent's does.
   *
   * @param address where it is, over HTTP or HTTPS
   * @param clientProperties of which {@code basic.auth.user.info} is heeded, alone or behind {@code
   *     schema.registry.}
   * @throws ClickmillException of kind usage if the address is none, or holds a password
   */
  public static SchemaSource registry(String address, Map<String, String> clientProperties) {
    return new SchemaRegistry(new RegistryClient(address, clientProperties));
  }

  /**
   * The schema of that id.
   *
   * @throws BadValueException if there is none, or none that Avro can use
   * @throws ClickmillException if it cannot be told whether there is
   * @throws UncheckedIOException if the file system fails
   */
  abstract Schema schema(int id) throws BadValueException;

  static Schema parse(Schema.Parser parser, String json) throws BadValueException {
    try {
      return parser.parse(json);
    } catch (AvroRuntimeException e) {
      throw new BadValueException("not a valid Avro schema");
    }
  }
}
