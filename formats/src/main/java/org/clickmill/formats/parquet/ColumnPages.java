package org.clickmill.formats.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.failure.DamagedFileException;

/**
 * The pages of a column chunk as parquet-java's own reader of values wants them, each checked
 * before that sees it: for encodings that are not decoded here, and for nested columns.
 */
public final class ColumnPages implements PageReader {
  private final ChunkPages pages;
  private final ColumnDescriptor column;
  private final String place;
  private final int rows;
  private final int values;
  private final Iterator<PageHeader> remaining;
  private final PageCheck check;

  /**
   * @param pages of a chunk that has been read
   * @param values in it, of which a row of a repeated column may have several
   * @param place what the messages about damage begin with
   */
  ColumnPages(ChunkPages pages, ColumnDescriptor column, int rows, int values, String place) {
    this.pages = pages;
    this.column = column;
    this.rows = rows;
    this.values = values;
    this.place = place;
    this.remaining = pages.dataPages().iterator();
    this.check = new PageCheck(column);
  }

  /**
   * A reader of the values of a column that is not repeated, at its first row.
   *
   * @param pages of a chunk that has been read
   * @param createdBy which program wrote the file, or null
   * @param place what the messages about damage begin with
   */
  public static ColumnReader reader(
      ChunkPages pages, ColumnDescriptor column, int rows, String createdBy, String place) {
    return reader(new ColumnPages(pages, column, rows, rows, place), column, createdBy);
  }

  static ColumnReader reader(ColumnPages pages, ColumnDescriptor column, String createdBy) {
    return new ColumnReaderImpl(
        column,
        pages,
        // parquet-java asks for a converter; values are taken from the reader instead.
        new PrimitiveConverter() {},
        version(createdBy));
  }

  /** Some writers of version 1 had errors that parquet-java's decoders know. */
  private static ParsedVersion version(String createdBy) {
    try {
      return createdBy == null ? null : VersionParser.parse(createdBy);
    } catch (VersionParseException | RuntimeException e) {
      return null;
    }
  }

  @Override
  public long getTotalValueCount() {
    return values;
  }

  @Override
  public DictionaryPage readDictionaryPage() {
    var header = pages.dictionary();
    return header == null ? null : checked(() -> dictionaryPage(header));
  }

  @Override
  public DataPage readPage() {
    return remaining.hasNext() ? checked(() -> dataPage(remaining.next())) : null;
  }

  private DictionaryPage dictionaryPage(PageHeader header) throws IOException {
    pages.open(header, false);
    var page = new DictionaryPage(values(), header.values(), encoding(header.encoding()));
    check.check(page);
    return page;
  }

  private DataPage dataPage(PageHeader header) throws IOException {
    pages.open(header, false);
    var page = header.isVersion2() ? version2(header) : version1(header);
    check.check(page);
    if (!remaining.hasNext() && column.getMaxRepetitionLevel() > 0 && check.rows() != rows) {
      throw new DamagedFileException("values of %d rows where there are %d", check.rows(), rows);
    }
    return page;
  }

  private DataPage version1(PageHeader header) {
    return new DataPageV1(
        values(),
        header.values(),
        header.uncompressedSize(),
        Statistics.createStats(column.getPrimitiveType()),
        column.getMaxRepetitionLevel() == 0 ? Encoding.RLE : encoding(header.repetitionEncoding()),
        encoding(header.levelEncoding()),
        encoding(header.encoding()));
  }

  private DataPage version2(PageHeader header) {
    int start = pages.levelStart();
    byte[] repetitions =
        Arrays.copyOfRange(pages.levels(), start - header.repetitionBytes(), start);
    byte[] levels = Arrays.copyOfRange(pages.levels(), start, start + header.levelBytes());
    return DataPageV2.uncompressed(
        header.values(),
        header.nulls(),
        header.values(),
        BytesInput.from(repetitions),
        BytesInput.from(levels),
        encoding(header.encoding()),
        values(),
        Statistics.createStats(column.getPrimitiveType()));
  }

  /** A copy, since readers keep it while the next page is decompressed. */
  private BytesInput values() {
    byte[] copy = new byte[pages.valueEnd() - pages.valueStart()];
    System.arraycopy(pages.values(), pages.valueStart(), copy, 0, copy.length);
    return BytesInput.from(copy);
  }

  private <T> T checked(Opening<T> opening) {
    try {
      return opening.open();
    } catch (DamagedFileException e) {
      throw e.at(place);
    } catch (IOException | RuntimeException e) {
      throw new DamagedFileException("%s%s", place, Damage.describe(e));
    }
  }

  private static Encoding encoding(int code) {
    return switch (code) {
      case 0 -> Encoding.PLAIN;
      case 2 -> Encoding.PLAIN_DICTIONARY;
      case 3 -> Encoding.RLE;
      case 4 -> Encoding.BIT_PACKED;
      case 5 -> Encoding.DELTA_BINARY_PACKED;
      case 6 -> Encoding.DELTA_LENGTH_BYTE_ARRAY;
      case 7 -> Encoding.DELTA_BYTE_ARRAY;
      case 8 -> Encoding.RLE_DICTIONARY;
      case 9 -> Encoding.BYTE_STREAM_SPLIT;
      default -> throw new DamagedFileException("a page of unknown encoding %d", code);
    };
  }

  private interface Opening<T> {
    T open() throws IOException;
  }
}
