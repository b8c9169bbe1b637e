package org.clickmill.formats.parquet;

import java.io.EOFException;
import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Checks the counts and lengths written in the pages of a column chunk, before parquet-java decodes
 * them. Where they are damaged, its decoders would make arrays of gigabytes before they notice.
 * Pages are checked in their order.
 */
final class PageCheck {
  /** Groups that a run may have beyond those that its values need. */
  private static final int SPARE_GROUPS = 64;

  private static final int MOST_VALUES_OF_ROW = 1 << 20;

  private static final int LARGEST_DELTA_BLOCK = 1 << 16;

  private final ColumnDescriptor column;

  /** Values that the page at hand says it has. */
  private int values;

  /** Rows of a repeated column that began so far. */
  private long rows;

  /** Values so far of the row that began last. */
  private int valuesOfRow;

  /** Of the last text of the page before, which the first of a page may repeat. */
  private long lastLength;

  PageCheck(ColumnDescriptor column) {
    this.column = column;
  }

  /**
   * Checks that the values of a dictionary lie within it.
   *
   * @throws IOException if they do not
   */
  void check(DictionaryPage page) throws IOException {
    values = page.getDictionarySize();
    long size = page.getBytes().size();
    var type = column.getPrimitiveType();
    long least =
        switch (type.getPrimitiveTypeName()) {
          case INT32, FLOAT, BINARY -> 4;
          case INT64, DOUBLE -> 8;
          case INT96 -> 12;
          case FIXED_LEN_BYTE_ARRAY -> type.getTypeLength();
          case BOOLEAN -> throw new IOException("a dictionary of booleans");
        };
    if (values < 0 || values * least > size) {
      throw new EOFException("a dictionary of " + values + " values in " + size + " bytes");
    }
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
      var in = stream(page.getBytes());
      for (int i = 0; i < values; i++) {
        int length = BytesUtils.readIntLittleEndian(in);
        if (length < 0 || length > in.available()) {
          throw new EOFException("a text of " + length + " bytes in the dictionary");
        }
        in.skipFully(length);
      }
    }
  }

  /**
   * Checks a page of levels and values.
   *
   * @throws IOException if a count or length in it cannot be right
   */
  void check(DataPage page) throws IOException {
    values = page.getValueCount();
    if (values < 0) {
      throw new IOException("a page of " + values + " values");
    }
    if (page instanceof DataPageV1 first) {
      var in = stream(first.getBytes());
      checkLevelEncoding(first.getRlEncoding());
      checkLevelEncoding(first.getDlEncoding());
      checkRepetitions(first.getRlEncoding(), in);
      checkLevels(first.getDlEncoding(), in);
      checkValues(first.getValueEncoding(), in);
    } else if (page instanceof DataPageV2 second) {
      if (repetitionBits() > 0) {
        checkRuns(stream(second.getRepetitionLevels()), repetitionBits());
        countRows(stream(second.getRepetitionLevels()));
      }
      checkRuns(stream(second.getDefinitionLevels()), levelBits());
      checkValues(second.getDataEncoding(), stream(second.getData()));
    }
  }

  /** Levels have two encodings; parquet-java would take others and read them as values. */
  @SuppressWarnings("deprecation")
  private static void checkLevelEncoding(Encoding encoding) throws IOException {
    if (encoding != Encoding.RLE && encoding != Encoding.BIT_PACKED) {
      throw new IOException("levels encoded as " + encoding);
    }
  }

  /** Rows of a repeated column that began in the pages so far. */
  long rows() {
    return rows;
  }

  /** Checks repetition levels, where there are any, and goes behind them. */
  private void checkRepetitions(Encoding encoding, ByteBufferInputStream in) throws IOException {
    int bits = repetitionBits();
    if (bits == 0) {
      return;
    }
    if (encoding != Encoding.RLE) {
      throw new IOException("repetition levels encoded as " + encoding + " are not supported");
    }
    int length = BytesUtils.readIntLittleEndian(in);
    if (length < 0 || length > in.available()) {
      throw new EOFException("levels of " + length + " bytes");
    }
    in.mark(length);
    checkRuns(in.sliceStream(length), bits);
    in.reset();
    countRows(in.sliceStream(length));
  }

  /** Counts the rows, none of which may have more values than fit into memory. */
  private void countRows(ByteBufferInputStream in) throws IOException {
    var levels = new RunLengthBitPackingHybridDecoder(repetitionBits(), in);
    for (int i = 0; i < values; i++) {
      if (levels.readInt() == 0) {
        rows++;
        valuesOfRow = 0;
      }
      if (++valuesOfRow > MOST_VALUES_OF_ROW) {
        throw new IOException("a row of more than " + MOST_VALUES_OF_ROW + " values");
      }
    }
  }

  private int repetitionBits() {
    return BytesUtils.getWidthFromMaxInt(column.getMaxRepetitionLevel());
  }

  /** Checks definition levels and goes behind them. */
  @SuppressWarnings("deprecation")
  private void checkLevels(Encoding encoding, ByteBufferInputStream in) throws IOException {
    int bits = levelBits();
    if (bits == 0) {
      return;
    }
    if (encoding == Encoding.BIT_PACKED) {
      in.skipFully((values * (long) bits + 7) / 8);
      return;
    }
    int length = BytesUtils.readIntLittleEndian(in);
    if (length < 0 || length > in.available()) {
      throw new EOFException("levels of " + length + " bytes");
    }
    checkRuns(in.sliceStream(length), bits);
  }

  @SuppressWarnings("deprecation")
  private void checkValues(Encoding encoding, ByteBufferInputStream in) throws IOException {
    switch (encoding) {
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        if (in.available() > 0) {
          checkRuns(in, in.read());
        }
      }
      case RLE -> {
        if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BOOLEAN) {
          BytesUtils.readIntLittleEndian(in);
          checkRuns(in, 1);
        }
      }
      case DELTA_BINARY_PACKED -> checkDeltaHeader(in);
      case DELTA_LENGTH_BYTE_ARRAY -> checkLengths(in);
      case DELTA_BYTE_ARRAY -> checkPrefixes(in);
      default -> {
        // Fixed places, or each length is checked as it is read.
      }
    }
  }

  /** Checks a mix of runs and bit-packed groups: no run packs more values than the page has. */
  private void checkRuns(ByteBufferInputStream in, int bits) throws IOException {
    if (bits < 0 || bits > Integer.SIZE) {
      throw new IOException("values of " + bits + " bits");
    }
    long seen = 0;
    while (seen < values && in.available() > 0) {
      int header = BytesUtils.readUnsignedVarInt(in);
      int count = header >>> 1;
      if (count == 0) {
        throw new IOException("an empty run");
      }
      if ((header & 1) == 0) {
        seen += count;
        in.skipFully(Math.min(in.available(), (bits + 7) / 8));
      } else {
        if (count > (values - seen) / 8 + SPARE_GROUPS) {
          throw new IOException("a run of " + 8L * count + " values where " + values + " are");
        }
        seen += 8L * count;
        in.skipFully(Math.min(in.available(), count * (long) bits));
      }
    }
  }

  /** Checks the sizes at the beginning of delta-packed numbers; does not move the stream. */
  private void checkDeltaHeader(ByteBufferInputStream in) throws IOException {
    in.mark(4 * 5);
    int blockSize = BytesUtils.readUnsignedVarInt(in);
    int miniBlocks = BytesUtils.readUnsignedVarInt(in);
    int total = BytesUtils.readUnsignedVarInt(in);
    in.reset();
    if (blockSize < 1
        || blockSize > LARGEST_DELTA_BLOCK
        || miniBlocks < 1
        || miniBlocks > blockSize
        || total < 0
        || total > values) {
      throw new IOException(
          total + " packed numbers in blocks of " + blockSize + " where " + values + " are");
    }
  }

  /** Checks that the texts lie within the page. */
  private void checkLengths(ByteBufferInputStream in) throws IOException {
    if (in.available() == 0) {
      return;
    }
    checkDeltaHeader(in);
    int total = deltaTotal(in);
    var lengths = new DeltaBinaryPackingValuesReader();
    lengths.initFromPage(values, in);
    long left = in.available();
    for (int i = 0; i < total; i++) {
      int length = lengths.readInteger();
      if (length < 0 || length > left) {
        throw new EOFException("a text of " + length + " bytes where " + left + " are");
      }
      left -= length;
    }
  }

  /** Checks that no text repeats more of the text before than that has. */
  private void checkPrefixes(ByteBufferInputStream in) throws IOException {
    if (in.available() == 0) {
      return;
    }
    checkDeltaHeader(in);
    int total = deltaTotal(in);
    var prefixes = new DeltaBinaryPackingValuesReader();
    prefixes.initFromPage(values, in);
    checkDeltaHeader(in);
    if (deltaTotal(in) != total) {
      throw new IOException("not as many suffixes as prefixes");
    }
    var suffixes = new DeltaBinaryPackingValuesReader();
    suffixes.initFromPage(values, in);
    // Some writers let the first text of a page go on from the page before.
    long length = lastLength;
    long suffixesLeft = in.available();
    for (int i = 0; i < total; i++) {
      int prefix = prefixes.readInteger();
      int suffix = suffixes.readInteger();
      if (prefix < 0 || suffix < 0 || prefix > length || suffix > suffixesLeft) {
        throw new IOException("a text of " + prefix + " and " + suffix + " bytes");
      }
      length = (long) prefix + suffix;
      suffixesLeft -= suffix;
    }
    lastLength = length;
  }

  private static int deltaTotal(ByteBufferInputStream in) throws IOException {
    in.mark(4 * 5);
    BytesUtils.readUnsignedVarInt(in);
    BytesUtils.readUnsignedVarInt(in);
    int total = BytesUtils.readUnsignedVarInt(in);
    in.reset();
    return total;
  }

  private int levelBits() {
    return BytesUtils.getWidthFromMaxInt(column.getMaxDefinitionLevel());
  }

  private static ByteBufferInputStream stream(BytesInput bytes) throws IOException {
    return bytes.toInputStream();
  }
}
