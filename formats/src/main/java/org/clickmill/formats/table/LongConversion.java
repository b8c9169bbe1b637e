package org.clickmill.formats.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.LittleEndian;
import org.clickmill.formats.table.TableSchema.Type;

/**
 * How the whole numbers of a file's column become those of a table's: money of any scale becomes
 * scaled by 10^4 unless that loses digits, times of any unit become milliseconds, rounded down.
 *
 * @param kind how a value stands in the file
 * @param width bytes of a value, 0 if its length stands before it
 * @param scale decimals of an amount of money in bytes
 * @param multiply what to multiply a value by
 * @param divide what to divide a value by
 * @param exact whether a division must leave no remainder
 */
public record LongConversion(
    Kind kind, int width, int scale, long multiply, long divide, boolean exact) {
  /** How a value stands in a file. */
  enum Kind {
    INT,
    UNSIGNED_INT,
    LONG,
    BOOLEAN,
    INT96,
    DECIMAL
  }

  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final long MILLIS_PER_DAY = 86_400_000;

  /** The conversion from a column of a file, or nothing if a table's column cannot be read so. */
  public static Optional<LongConversion> of(PrimitiveType file, Type type) {
    return Optional.ofNullable(
        switch (type) {
          case INT -> integer(file, false);
          case LONG -> integer(file, true);
          case BOOLEAN ->
              file.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BOOLEAN
                  ? plain(Kind.BOOLEAN, 0)
                  : null;
          case DATE ->
              file.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT32
                      && file.getLogicalTypeAnnotation() instanceof DateLogicalTypeAnnotation
                  ? plain(Kind.INT, Integer.BYTES)
                  : null;
          case TIME -> time(file);
          case MONEY -> money(file);
          default -> null;
        });
  }

  boolean isIdentity() {
    return multiply == 1 && divide == 1;
  }

  /** Converts values in place. */
  public void apply(long[] values, int start, int count) {
    if (isIdentity() || kind == Kind.DECIMAL) {
      return;
    }
    for (int i = start; i < start + count; i++) {
      values[i] = apply(values[i]);
    }
  }

  public long apply(long value) {
    if (multiply != 1) {
      long product = value * multiply;
      if (Math.multiplyHigh(value, multiply) != product >> 63) {
        throw new DamagedFileException("an amount of %d times %d", value, multiply);
      }
      return product;
    }
    if (exact && value % divide != 0) {
      throw new DamagedFileException(
          "the amount %s has more than %d decimals", BigDecimal.valueOf(value, scale), Money.SCALE);
    }
    return Math.floorDiv(value, divide);
  }

  /** An amount of money that stands in the file as big-endian bytes. */
  long decimal(byte[] bytes, int start, int length) {
    if (length == 0) {
      throw new DamagedFileException("an amount of no bytes");
    }
    if (length > Long.BYTES) {
      var amount = new BigDecimal(new BigInteger(bytes, start, length), scale);
      try {
        return Money.scaled(amount);
      } catch (ArithmeticException e) {
        throw new DamagedFileException("the amount %s has %s", amount, e.getMessage());
      }
    }
    long value = bytes[start];
    for (int i = start + 1; i < start + length; i++) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return isIdentity() ? value : apply(value);
  }

  /** A time in the old form of twelve bytes: nanoseconds of the day and Julian day. */
  static long int96(byte[] bytes, int start) {
    long nanos = LittleEndian.longAt(bytes, start);
    long day = LittleEndian.intAt(bytes, start + Long.BYTES) & 0xffff_ffffL;
    return (day - JULIAN_DAY_OF_EPOCH) * MILLIS_PER_DAY + Math.floorDiv(nanos, 1_000_000L);
  }

  private static LongConversion integer(PrimitiveType file, boolean mayBeLong) {
    var annotation = file.getLogicalTypeAnnotation();
    if (annotation != null && !(annotation instanceof IntLogicalTypeAnnotation)) {
      return null;
    }
    boolean signed = !(annotation instanceof IntLogicalTypeAnnotation i) || i.isSigned();
    return switch (file.getPrimitiveTypeName()) {
      case INT32 ->
          signed
              ? plain(Kind.INT, Integer.BYTES)
              : mayBeLong ? plain(Kind.UNSIGNED_INT, Integer.BYTES) : null;
      case INT64 -> signed && mayBeLong ? plain(Kind.LONG, Long.BYTES) : null;
      default -> null;
    };
  }

  private static LongConversion time(PrimitiveType file) {
    if (file.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT96) {
      return plain(Kind.INT96, 12);
    }
    if (!(file.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp)) {
      return null;
    }
    long divide =
        switch (timestamp.getUnit()) {
          case MILLIS -> 1;
          case MICROS -> 1_000;
          case NANOS -> 1_000_000;
        };
    return new LongConversion(Kind.LONG, Long.BYTES, 0, 1, divide, false);
  }

  private static LongConversion money(PrimitiveType file) {
    if (!(file.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal)) {
      return null;
    }
    int scale = decimal.getScale();
    if (scale < 0 || scale > Money.SCALE + Money.PRECISION) {
      return null;
    }
    long multiply = power(Money.SCALE - scale);
    long divide = power(scale - Money.SCALE);
    return switch (file.getPrimitiveTypeName()) {
      case INT32 -> new LongConversion(Kind.INT, Integer.BYTES, scale, multiply, divide, true);
      case INT64 -> new LongConversion(Kind.LONG, Long.BYTES, scale, multiply, divide, true);
      case BINARY -> new LongConversion(Kind.DECIMAL, 0, scale, multiply, divide, true);
      case FIXED_LEN_BYTE_ARRAY ->
          new LongConversion(Kind.DECIMAL, file.getTypeLength(), scale, multiply, divide, true);
      default -> null;
    };
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  private static LongConversion plain(Kind kind, int width) {
    return new LongConversion(kind, width, 0, 1, 1, false);
  }
}
