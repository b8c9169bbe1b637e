package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.avro.Schema;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.junit.jupiter.api.Test;

final class PackedRowTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          new Schema.Parser()
              .parse(
                  """
                  {"type": "record", "name": "T", "fields": [
                    {"name": "text", "type": ["null", "string"]},
                    {"name": "number", "type": ["null", "long"]},
                    {"name": "share", "type": ["null", "double"]},
                    {"name": "flag", "type": ["null", "boolean"]},
                    {"name": "raw", "type": ["null", "bytes"]}]}
                  """));

  @Test
  void rowsComeBackAsTheyWere() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var packed = new ByteWriter();
    var written = new Row[200];
    for (int i = 0; i < written.length; i++) {
      written[i] = random(random);
      PackedRow.write(written[i], packed);
    }
    var reader = new ByteReader().reset(packed.bytes(), 0, packed.length());
    var read = new Row(SCHEMA);
    for (var row : written) {
      read.clear();
      PackedRow.read(reader, read);
      read.encode();
      row.encode();
      assertThat(java.util.Arrays.copyOf(read.encoding(), read.encodedLength()))
          .as("seed %d", seed)
          .isEqualTo(java.util.Arrays.copyOf(row.encoding(), row.encodedLength()));
    }
    assertThat(reader.remaining()).isZero();
  }

  private static Row random(Random random) {
    var row = new Row(SCHEMA);
    if (random.nextInt(4) > 0) {
      row.setText(0, "é".repeat(random.nextInt(40)));
    }
    if (random.nextInt(4) > 0) {
      row.setLong(1, random.nextLong() >> random.nextInt(64));
    }
    if (random.nextInt(4) > 0) {
      row.setDouble(2, random.nextGaussian());
    }
    if (random.nextInt(4) > 0) {
      row.setBoolean(3, random.nextBoolean());
    }
    if (random.nextInt(4) > 0) {
      var raw = new byte[random.nextInt(300)];
      random.nextBytes(raw);
      row.setText(4, raw, 0, raw.length);
    }
    return row;
  }
}
