package org.clickmill.formats.parquet;

import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.failure.UnsupportedFileException;

/** The header of a Parquet page, as far as reading needs it. */
public final class PageHeader {
  static final int DATA = 0;
  static final int INDEX = 1;
  static final int DICTIONARY = 2;
  static final int DATA_V2 = 3;

  private static final int ABSENT = -1;

  private int kind = ABSENT;
  private int uncompressedSize = ABSENT;
  private int compressedSize = ABSENT;
  private boolean hasChecksum;
  private int checksum;
  private int values = ABSENT;
  private int encoding = ABSENT;
  private int levelEncoding = ABSENT;
  private int repetitionEncoding = ABSENT;
  private int nulls;
  private int levelBytes;
  private int repetitionBytes;
  private boolean isCompressed = true;
  private int start;

  private PageHeader() {}

  /** Reads a header and leaves the reader at the first byte of its page. */
  static PageHeader read(ThriftCompactReader reader, int limit) {
    var header = new PageHeader();
    header.readFields(reader);
    header.start = reader.position();
    header.check(limit);
    return header;
  }

  boolean isData() {
    return kind == DATA || kind == DATA_V2;
  }

  boolean isDictionary() {
    return kind == DICTIONARY;
  }

  /** Whether levels and values lie apart, as in data pages of version 2. */
  public boolean isVersion2() {
    return kind == DATA_V2;
  }

  int uncompressedSize() {
    return uncompressedSize;
  }

  int compressedSize() {
    return compressedSize;
  }

  boolean hasChecksum() {
    return hasChecksum;
  }

  int checksum() {
    return checksum;
  }

  /** Number of values, NULLs among them. */
  public int values() {
    return values;
  }

  /** The number of the values' encoding. */
  public int encoding() {
    return encoding;
  }

  /** The number of the definition levels' encoding, in data pages of version 1. */
  public int levelEncoding() {
    return levelEncoding;
  }

  /** Number of NULLs, in data pages of version 2. */
  public int nulls() {
    return nulls;
  }

  /** Bytes of the definition levels; known once a page of version 1 has been opened. */
  public int levelBytes() {
    return levelBytes;
  }

  /** Bytes of the repetition levels before those, in data pages of version 2. */
  int repetitionBytes() {
    return repetitionBytes;
  }

  /** The number of the repetition levels' encoding, in data pages of version 1. */
  int repetitionEncoding() {
    return repetitionEncoding;
  }

  void foundLevels(int bytes) {
    levelBytes = bytes;
  }

  /** Whether the values of a data page of version 2 are compressed. */
  boolean isCompressed() {
    return isCompressed;
  }

  /** Where the page's bytes begin in the column chunk's. */
  int start() {
    return start;
  }

  private void readFields(ThriftCompactReader reader) {
    int outer = reader.beginStruct();
    for (int type = reader.nextField();
        type != ThriftCompactReader.STOP;
        type = reader.nextField()) {
      switch (reader.field()) {
        case 1 -> kind = reader.nextInt();
        case 2 -> uncompressedSize = reader.nextInt();
        case 3 -> compressedSize = reader.nextInt();
        case 4 -> {
          checksum = reader.nextInt();
          hasChecksum = true;
        }
        case 5 -> readPart(reader, type, DATA);
        case 7 -> readPart(reader, type, DICTIONARY);
        case 8 -> readPart(reader, type, DATA_V2);
        default -> reader.skip(type);
      }
    }
    reader.endStruct(outer);
  }

  private void readPart(ThriftCompactReader reader, int structType, int part) {
    if (structType != ThriftCompactReader.STRUCT || part != kind) {
      throw new DamagedFileException("a page header of kind %d with a part of %d", kind, part);
    }
    int outer = reader.beginStruct();
    for (int type = reader.nextField();
        type != ThriftCompactReader.STOP;
        type = reader.nextField()) {
      readField(reader, type, part);
    }
    reader.endStruct(outer);
  }

  private void readField(ThriftCompactReader reader, int type, int part) {
    int field = reader.field();
    if (field == 1) {
      values = reader.nextInt();
    } else if (part == DATA_V2) {
      readFieldV2(reader, type, field);
    } else if (field == 2) {
      encoding = reader.nextInt();
    } else if (field == 3 && part == DATA) {
      levelEncoding = reader.nextInt();
    } else if (field == 4 && part == DATA) {
      repetitionEncoding = reader.nextInt();
    } else {
      reader.skip(type);
    }
  }

  private void readFieldV2(ThriftCompactReader reader, int type, int field) {
    switch (field) {
      case 2 -> nulls = reader.nextInt();
      case 4 -> encoding = reader.nextInt();
      case 5 -> levelBytes = reader.nextInt();
      case 6 -> repetitionBytes = reader.nextInt();
      case 7 -> isCompressed = type == ThriftCompactReader.TRUE;
      default -> reader.skip(type);
    }
  }

  private void check(int limit) {
    if (kind < DATA || kind > DATA_V2) {
      throw new DamagedFileException("a page of unknown kind %d", kind);
    }
    if (compressedSize < 0 || compressedSize > limit - start || uncompressedSize < 0) {
      throw new DamagedFileException(
          "a page of %d bytes, %d compressed, where %d are left",
          uncompressedSize, compressedSize, limit - start);
    }
    if (kind == INDEX) {
      return;
    }
    if (values < 0 || encoding < 0) {
      throw new DamagedFileException("a page header without number of values or encoding");
    }
    if (!FooterFeatures.isKnownEncoding(encoding)) {
      throw new UnsupportedFileException("a page of encoding %d", encoding);
    }
    if (levelBytes < 0
        || repetitionBytes < 0
        || (long) levelBytes + repetitionBytes > compressedSize
        || (long) levelBytes + repetitionBytes > uncompressedSize
        || nulls < 0
        || nulls > values) {
      throw new DamagedFileException(
          "a page of %d bytes and %d values with %d and %d bytes of levels and %d NULLs",
          compressedSize, values, repetitionBytes, levelBytes, nulls);
    }
  }
}
