package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a record, its reason is one of our own sentences, and no library's. */
final class RejectReasonsTest {
  private static final String SHOWN = "'[^\\p{Cntrl}]{0,120}'";

  /** Reasons behind the record's place; {@code $} stands for a value that is shown. */
  private static final List<Pattern> REASONS =
      List.of(
              "field \\w+: no value",
              "field \\w+: $ is not (a|a whole|a finite) number",
              "field \\w+: $ is not a number of epoch (milliseconds|seconds)",
              "field \\w+: $ is not an ISO 8601 time",
              "field \\w+: $ is not a time of the form [yMdHms'. :/-]+",
              "field \\w+: $( \\((epoch|local) milliseconds\\))? is out of range",
              "field \\w+: $ is too large",
              "field \\w+: $ has more than 4 decimals",
              "field \\w+: $ has more than 14 digits before the point",
              "field \\w+: a number out of all bounds",
              "field \\w+: a NUL byte",
              "field \\w+: not valid UTF-8",
              "field \\w+: an object or array, not a single value",
              "field \\w+: a (array|map|record|null), not a single value",
              "field \\w+: a decimal of no bytes",
              "field \\w+: a half-precision number is not supported",
              "field \\w+: '\\w+' is asked of a value that is no record",
              "\\d+ fields? where \\d+ are (named in the header|expected)",
              "no column \\d+: \\d+ fields",
              "a quote inside field \\d+, not around it",
              "text after the closing quote of field \\d+",
              "the quote of field \\d+ is not closed on its line",
              "longer than 1024 KiB \\(clickmill.import.max-record-kb\\)",
              "(field \\w+: )?a NUL (byte|character)",
              "not valid UTF-8",
              "(field \\w+: )?half of a surrogate pair",
              "not a JSON object",
              "text after the JSON object",
              "not valid JSON: it ends too early",
              "not valid JSON near $",
              "JSON nested too deeply, or with a name or number that is too long",
              "$ is not an object",
              "$ occurs twice",
              "an empty value",
              "bytes after the record",
              "damaged: -?\\d+ where an int is due",
              "damaged: a number longer than 64 bits",
              "damaged: -?\\d+ items where at most \\d+ can be",
              "damaged: a value of -?\\d+ bytes where \\d+ are left",
              "damaged: it is not of its schema")
          .stream()
          .map(text -> Pattern.compile(text.replace("$", SHOWN)))
          .toList();

  private static final List<String> MAPPINGS =
      List.of(
          fields("{from: t}"),
          fields("{from: t, format: epoch-seconds}"),
          fields("{from: t, format: epoch-millis}"),
          fields("{from: t, format: 'yyyy-MM-dd HH:mm:ss', zone: Europe/Berlin}"),
          fields("{from: t, format: 'd/M/yyyy'}"));

  @TempDir private Path folder;

  private final TreeSet<String> found = new TreeSet<>();
  private int files;

  @Test
  void reasonsAreOurOwn() throws IOException {
    long seed = Long.getLong("clickmill.test.seed", System.nanoTime());
    var random = new Random(seed);
    for (var fields : MAPPINGS) {
      var mapping = Mapping.parse(fields, "x");
      text("csv", MalformedLines.csv(random), mapping);
      text("jsonl", MalformedLines.json(random), mapping);
      avro(MalformedFiles.AVRO, random, mapping);
      // The mappings differ in the first column only.
      parquet(MalformedFiles.PARQUET, 1, random, mapping);
    }
    var plain = Mapping.parse(MAPPINGS.get(0), "x");
    avro(MalformedFiles.AVRO_LOGICAL, random, plain);
    parquet(MalformedFiles.PARQUET, MalformedLines.NAMES.size(), random, plain);
    parquet(MalformedFiles.PARQUET_LOGICAL, MalformedLines.NAMES.size(), random, plain);
    var nested = Mapping.parse(MAPPINGS.get(0).replace("from: u", "from: u.x"), "x");
    text("jsonl", MalformedLines.json(random), nested);
    avro(MalformedFiles.AVRO_LOGICAL.subList(7, 8), random, nested);
    text("txt", MalformedLines.whitespace(random), Mapping.parse(numbered(), "x"));
    messages(random);
    assertThat(found)
        .as("reasons of others, seed %d", seed)
        .allMatch(reason -> REASONS.stream().anyMatch(known -> known.matcher(reason).matches()));
    assertThat(REASONS)
        .as("kinds of reasons that were met, seed %d", seed)
        .filteredOn(known -> found.stream().anyMatch(known.asMatchPredicate()))
        // Some need luck.
        .hasSizeGreaterThan(REASONS.size() - 6);
  }

  private static String fields(String time) {
    return "fields: {event_time: "
        + time
        + ", event_type: e, price: p, quantity: q, user_id: {from: u, as: integer}, brand: b}";
  }

  private static String numbered() {
    return "format: whitespace\nfields: {event_time: '1', event_type: '2', price: '3',"
        + " quantity: '4', user_id: {from: '5', as: integer}, brand: '6'}";
  }

  private void text(String extension, byte[] bytes, Mapping mapping) {
    collect(Reading.write(folder, "f" + files++ + "." + extension, bytes), mapping);
  }

  private void avro(List<String> types, Random random, Mapping mapping) throws IOException {
    for (var type : types) {
      var file = folder.resolve("f" + files++ + ".avro");
      MalformedFiles.avro(file, type, random);
      collect(file, mapping);
    }
  }

  private void parquet(List<String> types, int columns, Random random, Mapping mapping)
      throws IOException {
    for (var type : types) {
      for (int column = 0; column < columns; column++) {
        var file = folder.resolve("f" + files++ + ".parquet");
        MalformedFiles.parquet(file, type, column, random);
        collect(file, mapping);
      }
    }
  }

  private void messages(Random random) {
    var mapping = Mapping.parse(MAPPINGS.get(0), "x");
    var schema =
        MalformedFiles.record(
            "{'name':'t','type':'long'},{'name':'e','type':'string'},"
                + "{'name':'p','type':['null','double','string']},{'name':'q','type':'int'},"
                + "{'name':'u','type':{'type':'array','items':'null'}},"
                + "{'name':'b','type':{'type':'enum','name':'n','symbols':['x']}}");
    var decoders =
        List.of(MessageDecoder.ofAvro(mapping, schema, "r.avsc"), MessageDecoder.ofJson(mapping));
    var message = new Message();
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int k = 0; k < bytes.length; k++) {
        // Small numbers are what lengths and branches are made of.
        bytes[k] = (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt(256));
      }
      if (i == 0) {
        bytes = new byte[40];
        Arrays.fill(bytes, (byte) -1);
      }
      for (var decoder : decoders) {
        if (decoder.decode(message.reset("shop", 0, i, 0L).value(bytes))
            == MessageDecoder.Outcome.REJECT) {
          found.add(decoder.reject().getReason().toString());
        }
      }
    }
  }

  private void collect(Path file, Mapping mapping) {
    for (var reason : Reading.of(file, mapping).reasons()) {
      assertThat(reason).matches("(?s)(byte|record \\d+ of the block at byte|row) \\d+: .*");
      found.add(reason.substring(reason.indexOf(": ") + 2));
    }
  }
}
