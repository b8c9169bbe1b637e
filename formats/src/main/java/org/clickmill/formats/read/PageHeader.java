package org.clickmill.formats.read;

import org.clickmill.formats.failure.DamagedFileException;

/** The header of a Parquet page, as far as reading needs it. */
final class PageHeader {
  static final int DATA = 0;
  static final int INDEX = 1;
  static final int DICTIONARY = 2;
  static final int DATA_V2 = 3;

  private static final int ABSENT = -1;

  int kind = ABSENT;
  int uncompressedSize = ABSENT;
  int compressedSize = ABSENT;
  boolean hasChecksum;
  int checksum;
  int values = ABSENT;
  int encoding = ABSENT;
  int levelEncoding = ABSENT;
  int nulls;
  int levelBytes;
  int repetitionBytes;
  boolean isCompressed = true;

  /** Where the page's bytes begin in the column chunk's. */
  int start;

  private PageHeader() {}

  /** Reads a header and leaves the reader at the first byte of its page. */
  static PageHeader read(CompactReader reader, int limit) {
    var header = new PageHeader();
    header.readFields(reader);
    header.start = reader.position();
    header.check(limit);
    return header;
  }

  boolean isData() {
    return kind == DATA || kind == DATA_V2;
  }

  private void readFields(CompactReader reader) {
    int outer = reader.beginStruct();
    for (int type = reader.nextField(); type != CompactReader.STOP; type = reader.nextField()) {
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

  private void readPart(CompactReader reader, int structType, int part) {
    if (structType != CompactReader.STRUCT || part != kind) {
      throw new DamagedFileException("a page header of kind %d with a part of %d", kind, part);
    }
    int outer = reader.beginStruct();
    for (int type = reader.nextField(); type != CompactReader.STOP; type = reader.nextField()) {
      readField(reader, type, part);
    }
    reader.endStruct(outer);
  }

  private void readField(CompactReader reader, int type, int part) {
    int field = reader.field();
    if (field == 1) {
      values = reader.nextInt();
    } else if (part == DATA_V2) {
      readFieldV2(reader, type, field);
    } else if (field == 2) {
      encoding = reader.nextInt();
    } else if (field == 3 && part == DATA) {
      levelEncoding = reader.nextInt();
    } else {
      reader.skip(type);
    }
  }

  private void readFieldV2(CompactReader reader, int type, int field) {
    switch (field) {
      case 2 -> nulls = reader.nextInt();
      case 4 -> encoding = reader.nextInt();
      case 5 -> levelBytes = reader.nextInt();
      case 6 -> repetitionBytes = reader.nextInt();
      case 7 -> isCompressed = type == CompactReader.TRUE;
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
      throw new DamagedFileException("a page of encoding %d, which is not supported", encoding);
    }
    if (levelBytes < 0
        || repetitionBytes != 0
        || levelBytes > compressedSize
        || levelBytes > uncompressedSize
        || nulls < 0
        || nulls > values) {
      throw new DamagedFileException(
          "a page of %d bytes and %d values with %d and %d bytes of levels and %d NULLs",
          compressedSize, values, repetitionBytes, levelBytes, nulls);
    }
  }
}
