package org.clickmill.formats.mapping;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Which column or path of a source feeds which field of an event: a YAML file, read strictly, so
 * that a misspelt word is an error instead of an empty column.
 *
 * <pre>{@code
 * name: my-shop
 * format: csv                # csv | whitespace | json | avro | parquet; default: by file name
 * delimiter: ";"             # csv only; default: a comma, in .tsv files a tab
 * header: true               # csv only; without a header, columns are numbers from 1
 * columns: 5                 # fields a record must have, where there is no header
 * encoding: windows-1252     # text only; default: utf-8
 * multiline: true            # csv only: quoted fields may hold line breaks
 * fields:
 *   event_time: {from: at, format: "yyyy-MM-dd HH:mm:ss", zone: Europe/Berlin}
 *   event_type: {from: type, values: {view_item: view}}
 *   # or {from: [day, clock], format: "dd.MM.yyyy HH:mm", zone-from: tz}
 *   product_id: sku
 *   price: {from: price, decimal: ",", thousands: ".", currency-sign: true, round: half-even}
 *   user_id: {from: user.id, as: integer, optional: true}
 *   quantity: {constant: 1}
 * }</pre>
 */
public final class Mapping {
  /** Names of the mappings that ship. */
  public static final List<String> SHIPPED =
      List.of(
          "clickmill",
          "rees46",
          "rees46-offset",
          "rees46-no-header",
          "rees46-orders",
          "retailrocket",
          "online-retail",
          "cdnow",
          "ga4",
          "segment",
          "snowplow");

  /** Raised when the same mapping makes other events of the same file. */
  private static final int READING_VERSION = 1;

  private final String origin;
  private final String yaml;
  private final MappingDefinition definition;

  /** Null until the settings are known. */
  private final CurrencyConversion conversion;

  private Mapping(
      String origin, String yaml, MappingDefinition definition, CurrencyConversion conversion) {
    this.origin = origin;
    this.yaml = yaml;
    this.definition = definition;
    this.conversion = conversion;
  }

  /**
   * The mapping of that name that ships, or the one in that file: on the local file system, or on
   * any file system that Hadoop knows.
   *
   * @throws ClickmillException of kind usage if there is none or it is not valid
   */
  public static Mapping load(String nameOrPath, Configuration configuration) {
    if (SHIPPED.contains(nameOrPath)) {
      return named(nameOrPath);
    }
    try {
      return parse(text(bytes(nameOrPath, configuration), nameOrPath), nameOrPath);
    } catch (FileNotFoundException e) {
      throw ClickmillException.usage(
          "Missing mapping: %s (neither a file nor one of %s)",
          nameOrPath, String.join(", ", SHIPPED), e);
    } catch (IOException | IllegalArgumentException e) {
      throw ClickmillException.usage("Cannot read mapping %s: %s", nameOrPath, e.getMessage(), e);
    }
  }

  /**
   * The mapping of that name that ships.
   *
   * @throws ClickmillException of kind usage if there is none
   */
  public static Mapping named(String name) {
    if (!SHIPPED.contains(name)) {
      throw ClickmillException.usage(
          "Missing mapping: %s (not one of %s)", name, String.join(", ", SHIPPED));
    }
    try (InputStream in = Mapping.class.getResourceAsStream(name + ".yaml")) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a mapping from its text, as {@link #yaml()} gives it.
   *
   * @param origin what messages call it
   */
  public static Mapping parse(String yaml, String origin) {
    return new Mapping(origin, yaml, MappingYaml.read(yaml, origin), null);
  }

  /**
   * This mapping with prices brought into the warehouse's currency, as {@link
   * MappingSettings#CURRENCY} and {@link MappingSettings#CURRENCY_RATES} say; itself if it feeds no
   * currency or has been given the settings before.
   *
   * @throws ClickmillException of kind usage if a setting or the file of rates is not valid, or if
   *     every event has a currency and the warehouse has none
   */
  public Mapping withCurrency(Configuration configuration) {
    if (conversion != null || !extraColumns().contains(EventColumn.CURRENCY)) {
      return this;
    }
    return new Mapping(origin, yaml, definition, CurrencyConversion.of(this, configuration));
  }

  /** This mapping with prices in whatever currency they come in, for events that go elsewhere. */
  public Mapping keepingCurrencies() {
    return new Mapping(origin, yaml, definition, CurrencyConversion.AS_IS);
  }

  /**
   * Hands the rates of currencies to a job, whose tasks may not reach their file.
   *
   * @param file where to write them
   * @param job the configuration of the job
   */
  public void writeRates(FileSystem fileSystem, Path file, Configuration job) throws IOException {
    var rates = currencyConversion().rates();
    if (rates.csv().isEmpty()) {
      return;
    }
    try (var out = fileSystem.create(file, true)) {
      out.write(rates.csv().getBytes(StandardCharsets.UTF_8));
    }
    job.set(MappingSettings.CURRENCY_RATES.name(), file.toString());
  }

  /** The columns beyond those of every file of events that its events can have values in. */
  public Set<EventColumn> extraColumns() {
    var columns = EnumSet.noneOf(EventColumn.class);
    definition.fields().forEach(field -> columns.add(field.target().column()));
    columns.retainAll(EventColumn.EXTRA);
    if (definition.mayBecomeSeveral()) {
      columns.add(EventColumn.SOURCE_ITEM);
    }
    return columns;
  }

  /**
   * Fails if a field is the same for all events, which nobody's id is.
   *
   * @param setting for which it may not be
   * @throws ClickmillException of kind usage
   */
  public void requireNotConstant(EventColumn column, String setting) {
    for (var field : definition.fields()) {
      if (field.target().column() == column && field.constant() != null) {
        throw ClickmillException.usage(
            "Cannot hash %s with mapping %s: it is a constant there (%s)",
            column.text(), name(), setting);
      }
    }
  }

  CurrencyConversion currencyConversion() {
    return conversion == null ? CurrencyConversion.NONE : conversion;
  }

  /** The name given in the file, or else what it was read from. */
  public String name() {
    return definition.name() == null ? origin : definition.name();
  }

  /** A name as one step of a path in JSON, Avro or Parquet. */
  public static String pathStep(String name) {
    return SourcePath.quotedStep(name);
  }

  /** The name of a column of a CSV file as a mapping says it. */
  public static String columnName(String name) {
    return SourcePath.quotedColumn(name);
  }

  /** Whether a file of that name can be read: any, if the mapping says of which format it is. */
  public boolean reads(String fileName) {
    return definition.format() != null || SourceFormat.isKnown(fileName);
  }

  /** The names of the event's fields that it feeds, in the order of the schema. */
  public List<String> fields() {
    return EventField.values().stream()
        .map(EventField::text)
        .filter(
            name -> definition.fields().stream().anyMatch(one -> one.target().text().equals(name)))
        .toList();
  }

  /** The whole text, for a job to carry to its tasks. */
  public String yaml() {
    return yaml;
  }

  /**
   * A hash of everything that decides which events a file becomes; name, description, comments and
   * the order of lines do not count. The rates of currencies do not count either: a file of them
   * grows every day, and what was imported before it grew is still what it was.
   */
  public String fingerprint() {
    try {
      var canonical = READING_VERSION + "\n" + definition.canonicalText();
      var currency = currencyConversion().currency();
      if (currency != null) {
        canonical += "\n" + currency;
      }
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name();
  }

  MappingDefinition definition() {
    return definition;
  }

  /** The bytes of a local file, or of one on any file system that Hadoop knows. */
  static byte[] bytes(String nameOrPath, Configuration configuration) throws IOException {
    var local = localFile(nameOrPath);
    if (local != null && Files.isRegularFile(local)) {
      return Files.readAllBytes(local);
    }
    var path = new Path(nameOrPath);
    try (InputStream in = path.getFileSystem(configuration).open(path)) {
      return in.readAllBytes();
    }
  }

  private static java.nio.file.Path localFile(String nameOrPath) {
    try {
      return java.nio.file.Path.of(nameOrPath);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static String text(byte[] bytes, String origin) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ClickmillException.usage("Cannot read mapping %s: it is not UTF-8 text", origin, e);
    }
  }
}
