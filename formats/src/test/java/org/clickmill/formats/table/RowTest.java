package org.clickmill.formats.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class RowTest {
  private static final int INT = 0;
  private static final int LONG = 1;
  private static final int DOUBLE = 2;
  private static final int FLOAT = 3;
  private static final int BOOLEAN = 4;
  private static final int TEXT = 5;
  private static final int BYTES = 6;

  private final Row row = new Row(TableSchema.load(RowTest.class, "every_type.avsc"));

  @Test
  void newRowIsAllNull() {
    for (int i = 0; i < row.schema().columns().size(); i++) {
      assertThat(row.isNull(i)).isTrue();
    }
    assertThat(row.longValue(LONG)).isZero();
    assertThat(row.text(TEXT)).isNull();
  }

  @Test
  void valuesComeBack() {
    row.setLong(LONG, Long.MIN_VALUE);
    row.setDouble(DOUBLE, 0.1);
    row.setDouble(FLOAT, 0.1);
    row.setBoolean(BOOLEAN, true);
    row.setText(TEXT, "Wörter");
    assertThat(row.longValue(LONG)).isEqualTo(Long.MIN_VALUE);
    assertThat(row.doubleValue(DOUBLE)).isEqualTo(0.1);
    assertThat(row.doubleValue(FLOAT)).isEqualTo(0.1f);
    assertThat(row.booleanValue(BOOLEAN)).isTrue();
    assertThat(row.text(TEXT)).isEqualTo("Wörter");
    row.clear();
    assertThat(row.isNull(TEXT)).isTrue();
    assertThat(row.bytesLength(TEXT)).isZero();
  }

  @Test
  void textIsCopied() {
    byte[] source = "some text".getBytes(UTF_8);
    row.setText(TEXT, source, 5, 4);
    Arrays.fill(source, (byte) 'x');
    assertThat(row.text(TEXT)).isEqualTo("text");
  }

  @Test
  void textLongerThanTheBufferFits() {
    var text = "long ".repeat(1000);
    row.setText(TEXT, text);
    assertThat(row.text(TEXT)).isEqualTo(text);
    row.encode();
    assertThat(row.encodedLength()).isGreaterThan(5000);
  }

  @Test
  void intThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> row.setLong(INT, 1L << 31)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void valueOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> row.setLong(TEXT, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid access to table EveryType: Column[name=a_text, type=STRING, nullable=true]");
  }

  @Test
  void rowsThatDifferHaveOtherEncodings() {
    var seen = new HashSet<String>();
    assertThat(seen.add(encodingOf(row -> {}))).isTrue();
    assertThat(seen.add(encodingOf(row -> row.setLong(LONG, 0)))).isTrue();
    assertThat(seen.add(encodingOf(row -> row.setText(TEXT, "")))).isTrue();
    assertThat(seen.add(encodingOf(row -> row.setText(BYTES, "")))).isTrue();
    assertThat(seen.add(encodingOf(row -> texts("a", "bc")))).isTrue();
    assertThat(seen.add(encodingOf(row -> texts("ab", "c")))).isTrue();
    assertThat(seen.add(encodingOf(row -> texts("abc", "")))).isTrue();
    assertThat(seen.add(encodingOf(row -> row.setDouble(DOUBLE, 0)))).isTrue();
    assertThat(seen.add(encodingOf(row -> texts("a", "bc")))).isFalse();
  }

  @Test
  void sourceIsNotPartOfTheEncoding() {
    var event = new Row(EventRows.SCHEMA);
    event.encode();
    byte[] before = Arrays.copyOf(event.encoding(), event.encodedLength());
    event.setText(EventRows.SCHEMA.ordinal("source_name"), "file");
    event.setLong(EventRows.SCHEMA.ordinal("source_offset"), 7);
    event.setLong(EventRows.SCHEMA.ordinal("source_partition"), 1);
    event.encode();
    assertThat(Arrays.copyOf(event.encoding(), event.encodedLength())).isEqualTo(before);
  }

  private void texts(String text, String bytes) {
    row.setText(TEXT, text);
    row.setText(BYTES, bytes);
  }

  private String encodingOf(Consumer<Row> change) {
    row.clear();
    change.accept(row);
    row.encode();
    return Arrays.toString(Arrays.copyOf(row.encoding(), row.encodedLength()));
  }
}
