package org.clickmill.formats.guess;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.mapping.SourcePart;
import org.clickmill.formats.mapping.SourceProbe;
import org.clickmill.formats.mapping.SourceReader;

/**
 * A mapping to begin with, made from the beginning of a file.
 *
 * @param yaml its text, with a comment at each guess, without a line break at its end
 * @param missing fields that every event needs and for which nothing was found; while there are
 *     any, the mapping is not valid
 * @param records of the sample
 * @param rejected of these, by the mapping; 0 while it is not valid
 */
public record MappingGuess(String yaml, List<String> missing, int records, long rejected) {
  private static final int UNUSED_NAMED = 50;
  private static final byte[] AVRO = {'O', 'b', 'j', 1};
  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

  /**
   * Looks at a file: at its first 1,000 records, of text at most the first megabyte.
   *
   * @throws ClickmillException of kind usage if the file is missing or has no records; of kind
   *     failed if it is damaged
   */
  public static MappingGuess of(Path path, Configuration configuration) {
    try {
      var fileSystem = path.getFileSystem(configuration);
      if (fileSystem.getFileStatus(path).isDirectory()) {
        throw ClickmillException.usage(
            "Cannot guess a mapping for folder %s: name one of its files", path);
      }
      var sample = sample(fileSystem, path, configuration);
      if (sample == null || sample.records() == 0) {
        throw ClickmillException.usage("Cannot guess a mapping: %s has no records", path);
      }
      return guess(fileSystem, path, configuration, sample);
    } catch (FileNotFoundException e) {
      throw ClickmillException.usage("Missing input file: %s", path, e);
    } catch (ClickmillException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw ClickmillException.failed("Cannot read file %s: %s", path, Damage.describe(e), e);
    }
  }

  private static Sample sample(FileSystem fileSystem, Path path, Configuration configuration)
      throws IOException {
    byte[] head = SourceProbe.head(fileSystem, path, Sample.MOST_BYTES);
    if (beginsWith(head, AVRO)) {
      return SchemaSample.ofAvro(fileSystem, path, configuration);
    }
    if (beginsWith(head, PARQUET)) {
      return SchemaSample.ofParquet(fileSystem, path, configuration);
    }
    for (int i = 0; i < head.length; i++) {
      if (head[i] == 0) {
        throw ClickmillException.usage(
            "Cannot guess a mapping: %s is neither Avro nor Parquet, and no UTF-8 text: it has a"
                + " NUL byte at %d",
            path, i);
      }
    }
    if (head.length > 1
        && (head[0] == 0x1f && head[1] == (byte) 0x8b
            || head[0] == 0x28 && head[1] == (byte) 0xb5)) {
      throw ClickmillException.usage(
          "Cannot guess a mapping: %s is packed, but its name does not end with .gz or .zst", path);
    }
    var text = new String(head, StandardCharsets.UTF_8);
    text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    var stripped = text.stripLeading();
    if (stripped.startsWith("{") || stripped.startsWith("[")) {
      return JsonSample.of(stripped.getBytes(StandardCharsets.UTF_8));
    }
    var lines = new ArrayList<>(Arrays.asList(text.split("\r?\n", -1)));
    if (head.length == Sample.MOST_BYTES && lines.size() > 1) {
      lines.remove(lines.size() - 1);
    }
    lines.removeIf(String::isBlank);
    return lines.isEmpty()
        ? null
        : TextSample.of(lines.subList(0, Math.min(lines.size(), Sample.MOST_RECORDS + 1)));
  }

  private static boolean beginsWith(byte[] bytes, byte[] begin) {
    return bytes.length >= begin.length
        && Arrays.equals(bytes, 0, begin.length, begin, 0, begin.length);
  }

  private static MappingGuess guess(
      FileSystem fileSystem, Path path, Configuration configuration, Sample sample)
      throws IOException {
    var fields = new FieldGuesses(sample);
    var missing = new ArrayList<String>();
    var yaml = new GuessedYaml();
    writeFormat(yaml, path.getName(), sample);
    yaml.line("fields:", "");
    for (var field : FieldNames.fields()) {
      if (fields.has(field)) {
        fields.write(field, yaml);
      } else if (field.equals("event_time")) {
        missing.add(field);
        yaml.comment(
            " event_time: {from: COLUMN, format: \"yyyy-MM-dd HH:mm:ss\"}  # fill in: the column"
                + " with the time, and its form");
      } else if (field.equals("event_type") && fields.has("order_id")) {
        yaml.line(
            "  event_type: {constant: purchase}", "guessed: every record belongs to an order");
      } else if (field.equals("event_type")) {
        missing.add(field);
        yaml.comment(
            " event_type: {constant: purchase}  # fill in: what every record is, or {from: COLUMN}");
      }
    }
    writeUnused(yaml, fields);
    var name = Comments.shown(path.getName());
    var head =
        String.format(
            Locale.ROOT,
            "# A mapping to begin with, from the first %,d records of %s.",
            sample.records(),
            name);
    var body = yaml.text();
    if (!missing.isEmpty()) {
      var todo = "# Not complete: fill in " + String.join(" and ", missing) + ".";
      return new MappingGuess(
          String.join("\n", head, todo, body), List.copyOf(missing), sample.records(), 0);
    }
    return checked(fileSystem, path, configuration, head, body, sample.records());
  }

  private static void writeFormat(GuessedYaml yaml, String fileName, Sample sample) {
    if (sample.format().equals(SourceProbe.formatByName(fileName))) {
      yaml.comment("format: " + sample.format() + ", by the names of the files");
    } else {
      yaml.line("format: " + sample.format(), "guessed: by what is in the file");
    }
    int width = sample.columns().size();
    if (sample.delimiter() != null && !sample.delimiter().equals(",")) {
      yaml.line(
          "delimiter: "
              + (sample.delimiter().equals("\t") ? "tab" : '"' + sample.delimiter() + '"'),
          "guessed: it parts every line into " + width + " fields");
    }
    if (sample.delimiter() != null && sample.hasHeader()) {
      yaml.line("header: true", "guessed: the first line names the columns");
    }
    if (!sample.hasHeader()) {
      if (sample.delimiter() != null) {
        yaml.line("header: false", "guessed: the first line is a record");
      }
      yaml.line("columns: " + width, "guessed: as many as the first lines have");
    }
  }

  private static void writeUnused(GuessedYaml yaml, FieldGuesses fields) {
    var unused = fields.unused();
    for (var column : unused.subList(0, Math.min(UNUSED_NAMED, unused.size()))) {
      yaml.comment(
          "not used: "
              + Comments.shown(column.source())
              + (column.hasValues() ? " (such as " + column.example() + ")" : ""));
    }
    if (unused.size() > UNUSED_NAMED) {
      yaml.comment("not used: " + (unused.size() - UNUSED_NAMED) + " more");
    }
  }

  /** Reads the sample through the mapping, and says what it would reject. */
  private static MappingGuess checked(
      FileSystem fileSystem,
      Path path,
      Configuration configuration,
      String head,
      String body,
      int records)
      throws IOException {
    var mapping = Mapping.parse(body, "guessed for " + path);
    int read = 0;
    var reasons = new ArrayList<String>();
    try (var reader =
        SourceReader.open(SourcePart.whole(fileSystem, path, "probe"), mapping, configuration)) {
      for (; read < records && reader.next(); read++) {
        if (reader.reject() != null) {
          reasons.add(reader.reject().getReason().toString());
        }
      }
    }
    if (reasons.isEmpty()) {
      return new MappingGuess(head + "\n" + body, List.of(), records, 0);
    }
    var rejects =
        String.format(
            Locale.ROOT,
            "# It would reject %,d of the first %,d records: %s",
            reasons.size(),
            read,
            reasons.stream().limit(3).map(Comments::line).collect(Collectors.joining("; ")));
    return new MappingGuess(
        String.join("\n", head, rejects, body), List.of(), records, reasons.size());
  }
}
