package org.clickmill.formats.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.failure.UnsupportedFileException;

/**
 * Looks through a Parquet file's footer for what parquet-java cannot read and would not name:
 * column chunks whose compression or encoding is newer than it, and encrypted ones. These are no
 * damage.
 */
final class FooterFeatures {
  private static final int NEWEST_CODEC = 7;
  private static final int NEWEST_ENCODING = 9;
  private static final int NO_ENCODING = 1;

  private static final int INT = 5;
  private static final int BINARY = 8;

  private final ThriftCompactReader reader;
  private final List<Integer> encodings = new ArrayList<>();
  private final List<String> path = new ArrayList<>();
  private int codec;
  private boolean isEncrypted;

  private FooterFeatures(ThriftCompactReader reader) {
    this.reader = reader;
  }

  /**
   * Checks the column chunks of a footer.
   *
   * @throws DamagedFileException that says what is not supported, or that the bytes are no footer
   */
  static void check(byte[] bytes, int start, int end) {
    new FooterFeatures(new ThriftCompactReader(bytes, start, end)).file();
  }

  /** Whether values can be encoded so, by the number that page headers have. */
  static boolean isKnownEncoding(int encoding) {
    return encoding >= 0 && encoding <= NEWEST_ENCODING && encoding != NO_ENCODING;
  }

  private void file() {
    struct(type -> structs(reader.field() == 4, type, this::rowGroup));
  }

  private void rowGroup() {
    struct(type -> structs(reader.field() == 1, type, this::chunk));
  }

  private void chunk() {
    encodings.clear();
    path.clear();
    codec = 0;
    isEncrypted = false;
    struct(
        type -> {
          if (reader.field() == 3 && type == ThriftCompactReader.STRUCT) {
            struct(this::metadata);
          } else if (reader.field() == 8 && type == ThriftCompactReader.STRUCT) {
            struct(this::encryption);
          } else {
            reader.skip(type);
          }
        });
    checkChunk();
  }

  private void metadata(int type) {
    int field = reader.field();
    if (field == 2 && type == ThriftCompactReader.LIST) {
      elements(INT, () -> encodings.add(reader.nextInt()));
    } else if (field == 3 && type == ThriftCompactReader.LIST) {
      elements(BINARY, () -> path.add(reader.nextString()));
    } else if (field == 4 && type == INT) {
      codec = reader.nextInt();
    } else {
      reader.skip(type);
    }
  }

  /** With a key of its own a column may be left alone; with the file's key none can be read. */
  private void encryption(int type) {
    isEncrypted |= reader.field() == 1;
    reader.skip(type);
  }

  private void checkChunk() {
    var column = String.join(".", path);
    if (isEncrypted) {
      throw new UnsupportedFileException("column %s is encrypted", column);
    }
    if (codec < 0 || codec > NEWEST_CODEC) {
      throw new UnsupportedFileException("column %s is compressed by codec %d", column, codec);
    }
    for (int encoding : encodings) {
      if (!isKnownEncoding(encoding)) {
        throw new UnsupportedFileException("column %s has encoding %d", column, encoding);
      }
    }
  }

  private void struct(IntConsumer onField) {
    int outer = reader.beginStruct();
    for (int type = reader.nextField();
        type != ThriftCompactReader.STOP;
        type = reader.nextField()) {
      onField.accept(type);
    }
    reader.endStruct(outer);
  }

  private void structs(boolean isWanted, int type, Runnable onStruct) {
    if (isWanted && type == ThriftCompactReader.LIST) {
      elements(ThriftCompactReader.STRUCT, onStruct);
    } else {
      reader.skip(type);
    }
  }

  private void elements(int wanted, Runnable onElement) {
    long size = reader.beginList();
    int type = reader.elementType();
    for (long i = 0; i < size; i++) {
      if (type == wanted) {
        onElement.run();
      } else {
        reader.skipElement(type);
      }
    }
  }
}
