package org.clickmill.drivers.damage;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.read.EventFileReader;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.testdata.generate.FileFormat;
import org.clickmill.testdata.generate.FilePer;
import org.clickmill.testdata.generate.GenerateFiles;
import org.clickmill.testdata.generate.GeneratorOptions;

/** The undamaged files: small ones, in every way that we, parquet-java, Avro and DuckDB write. */
final class Corpus {
  static final LocalDate DAY = LocalDate.of(2019, 10, 1);
  static final Partition PARTITION = Partition.ofDay("events_daily", DAY);

  private static final long SEED = 7;
  private static final MessageType EVENTS =
      MessageTypeParser.parseMessageType(
          """
          message event {
            required int64 event_time (TIMESTAMP(MILLIS,true));
            required binary event_type (UTF8);
            optional binary product_id (UTF8);
            optional int64 price (DECIMAL(18,4));
            required int32 quantity;
            optional binary user_id (UTF8);
            optional double ratio;
            optional boolean is_new;
          }
          """);

  private final Path folder;
  private final long events;
  private final List<Event> rows = new ArrayList<>();

  private Corpus(Path folder, long events) {
    this.folder = folder;
    this.events = events;
  }

  /** Writes all files into a folder. */
  static void write(Path folder, long events) throws IOException, SQLException {
    Files.createDirectories(folder);
    var corpus = new Corpus(folder, events);
    corpus.writeOurs();
    corpus.writeTexts();
    corpus.writeAvro();
    corpus.writeParquetJava();
    corpus.writeDuckDb();
  }

  /** The files of a folder, in the order of their names. */
  static List<Specimen> read(Path folder) throws IOException {
    var specimens = new ArrayList<Specimen>();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        specimens.add(specimen(file));
      }
    }
    return specimens;
  }

  static Specimen specimen(Path file) throws IOException {
    var name = file.getFileName().toString();
    byte[] bytes = Files.readAllBytes(file);
    var ranges = new ArrayList<long[]>();
    boolean isOurs = name.startsWith("ours-") || name.startsWith("part-");
    if (name.endsWith(".parquet")) {
      for (var page : ParquetPages.of(bytes)) {
        if (page.hasChecksum()) {
          ranges.add(new long[] {page.start(), page.end()});
        }
      }
    } else if (isOurs && !name.contains("deflate")) {
      ranges.add(new long[] {endOfAvroHeader(bytes), bytes.length});
    } else if (name.endsWith(".gz") || name.endsWith(".zst")) {
      // Not the header, which holds a time, and that a file may be of several parts.
      ranges.add(new long[] {10, bytes.length});
    }
    return new Specimen(name, isOurs, name.endsWith(".parquet"), ranges);
  }

  /** Where the marker first stands with which the file ends. */
  private static int endOfAvroHeader(byte[] bytes) {
    int marker = bytes.length - 16;
    for (int at = 0; ; at++) {
      if (Arrays.equals(bytes, at, at + 16, bytes, marker, bytes.length)) {
        return at + 16;
      }
    }
  }

  private void writeOurs() throws IOException {
    for (var way :
        List.of(
            "avro clickmill.avro.codec zstd",
            "avro clickmill.avro.codec deflate",
            "parquet clickmill.parquet.codec zstd",
            "parquet clickmill.parquet.codec snappy",
            "parquet clickmill.parquet.codec uncompressed",
            "parquet clickmill.parquet.dictionary-mb 0")) {
      var words = way.split(" ");
      var configuration = new Configuration();
      configuration.set("clickmill.parquet.page-kb", "8");
      configuration.set("clickmill.avro.block-kb", "8");
      configuration.set(words[1], words[2]);
      var made = generate(FileFormat.valueOf(words[0].toUpperCase(Locale.ROOT)), configuration);
      var name = "ours-" + words[1].substring("clickmill.".length()) + "-" + words[2];
      Files.move(made, folder.resolve(name + "." + words[0]));
    }
    var name = folder.resolve("ours-avro.codec-zstd.avro");
    var file = new InputFile(name.toUri().toString(), PARTITION, Files.size(name));
    var configuration = new Configuration();
    var fileSystem = FileSystem.getLocal(configuration).getRawFileSystem();
    try (var reader = EventFileReader.open(fileSystem, file, configuration)) {
      for (var event = reader.next(null); event != null; event = reader.next(null)) {
        rows.add(event);
      }
    }
  }

  private void writeTexts() throws IOException {
    for (var format : List.of(FileFormat.CSV, FileFormat.JSON)) {
      var made = generate(format, new Configuration());
      byte[] text = Files.readAllBytes(made);
      var name = "text." + format.name().toLowerCase(Locale.ROOT);
      Files.write(folder.resolve(name), text);
      pack(name + ".gz", text, GZIPOutputStream::new);
      pack(name + ".zst", text, out -> new ZstdOutputStream(out).setChecksum(true));
      Files.delete(made);
    }
  }

  private interface Packer {
    OutputStream open(OutputStream out) throws IOException;
  }

  private void pack(String name, byte[] text, Packer packer) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = packer.open(packed)) {
      out.write(text);
    }
    Files.write(folder.resolve(name), packed.toByteArray());
  }

  private Path generate(FileFormat format, Configuration configuration) throws IOException {
    var made = folder.resolve("made");
    new GenerateFiles(configuration, format, FilePer.DAY, false)
        .run(
            new GeneratorOptions(SEED, events, DAY, 1),
            new org.apache.hadoop.fs.Path("file", null, made.toString()),
            written -> {});
    try (var files = Files.walk(made)) {
      var file =
          files
              .filter(Files::isRegularFile)
              .filter(path -> !path.getFileName().toString().startsWith("."))
              .findFirst()
              .orElseThrow();
      return Files.move(
          file, folder.resolve("generated"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } finally {
      org.apache.hadoop.fs.FileUtil.fullyDelete(made.toFile());
    }
  }

  private void writeAvro() throws IOException {
    for (var codec : List.of("null", "deflate", "snappy", "zstandard", "bzip2")) {
      try (var writer = new DataFileWriter<Event>(new SpecificDatumWriter<>(Event.class))) {
        writer.setCodec(CodecFactory.fromString(codec)).setSyncInterval(4_000);
        writer.create(Event.getClassSchema(), folder.resolve("avro-" + codec + ".avro").toFile());
        for (var event : rows) {
          writer.append(event);
        }
      }
    }
  }

  private void writeParquetJava() throws IOException {
    for (var version : WriterVersion.values()) {
      for (var codec : List.of("UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW")) {
        for (int way = 0; way < 4; way++) {
          var name =
              String.format(
                  Locale.ROOT,
                  "parquetjava-%s-%s-%s.parquet",
                  version == WriterVersion.PARQUET_1_0 ? "v1" : "v2",
                  codec.toLowerCase(Locale.ROOT),
                  List.of("dictionary", "plain", "split", "checksums").get(way));
          try (var writer =
              ExampleParquetWriter.builder(
                      new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()))
                  .withType(EVENTS)
                  .withWriterVersion(version)
                  .withCompressionCodec(CompressionCodecName.valueOf(codec))
                  .withDictionaryEncoding(way == 0 || way == 3)
                  .withDictionaryPageSize(2_000)
                  .withByteStreamSplitEncoding(way == 2)
                  .withPageSize(4_000)
                  .withPageRowCountLimit(150)
                  .withPageWriteChecksumEnabled(way == 3)
                  .build()) {
            for (int i = 0; i < rows.size(); i++) {
              writer.write(group(rows.get(i), i));
            }
          }
          // Hadoop's own checksums would find what these files are damaged for.
          Files.deleteIfExists(folder.resolve("." + name + ".crc"));
        }
      }
    }
  }

  private static SimpleGroup group(Event event, int i) {
    var group = new SimpleGroup(EVENTS);
    group
        .append("event_time", event.getEventTime().toEpochMilli())
        .append("event_type", event.getEventType().toString())
        .append("quantity", event.getQuantity());
    if (event.getProductId() != null) {
      group.append("product_id", event.getProductId().toString());
    }
    if (event.getPrice() != null) {
      group.append("price", Money.fromAvro(event.getPrice()));
    }
    if (event.getUserId() != null) {
      group.append("user_id", event.getUserId().toString());
    }
    if (i % 3 > 0) {
      group.append("ratio", i / 7.0);
    }
    group.append("is_new", i % 5 == 0);
    return group;
  }

  private void writeDuckDb() throws IOException, SQLException {
    var csv = folder.resolve("rows.tmp");
    Files.writeString(csv, csv(), StandardCharsets.UTF_8);
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      for (var version : List.of("V1", "V2")) {
        for (var codec : List.of("UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW")) {
          statement.execute(
              String.format(
                  Locale.ROOT,
                  """
                  COPY (
                    SELECT make_timestamp(event_time * 1000) AS event_time, event_type,
                      product_id, price::DECIMAL(18,4) AS price, quantity::INTEGER AS quantity,
                      user_id, price / 7.0 AS ratio, quantity > 1 AS is_new
                    FROM read_csv('%s', header = true))
                  TO '%s' (FORMAT parquet, CODEC %s, PARQUET_VERSION %s)
                  """,
                  csv,
                  folder.resolve(
                      "duckdb-" + version + "-" + codec.toLowerCase(Locale.ROOT) + ".parquet"),
                  codec,
                  version));
        }
      }
    }
    Files.delete(csv);
  }

  private String csv() {
    var text = new StringBuilder("event_time,event_type,product_id,price,quantity,user_id\n");
    for (var event : rows) {
      text.append(event.getEventTime().toEpochMilli())
          .append(',')
          .append(event.getEventType())
          .append(',')
          .append(event.getProductId() == null ? "" : event.getProductId())
          .append(',')
          .append(event.getPrice() == null ? "" : Money.decimal(Money.fromAvro(event.getPrice())))
          .append(',')
          .append(event.getQuantity())
          .append(',')
          .append(event.getUserId() == null ? "" : event.getUserId())
          .append('\n');
    }
    return text.toString();
  }
}
