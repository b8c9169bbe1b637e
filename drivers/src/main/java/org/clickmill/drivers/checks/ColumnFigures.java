package org.clickmill.drivers.checks;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.statistics.Statistics;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.parquet.ParquetFooter;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.formats.warehouse.Manifest.DataFile;

/** NULLs, minima and maxima of a partition's columns, as the footers of its files have them. */
final class ColumnFigures {
  private static final int MICROS_OF_MILLI = 1000;

  private final TableSchema schema;
  private final Map<String, Figure> figures = new HashMap<>();

  /** What is known of a column so far. */
  private static final class Figure {
    private long nulls;
    private long values;
    private BigDecimal least;
    private BigDecimal most;

    /** Some values have no order, as NaN has none. */
    private boolean isUnordered;
  }

  private ColumnFigures(TableSchema schema, Collection<String> columns) {
    this.schema = schema;
    columns.forEach(column -> figures.put(column, new Figure()));
  }

  /**
   * Reads the footers of a partition's files.
   *
   * @param folder where they lie
   * @param columns whose figures are wanted; without any, no file is read
   */
  static ColumnFigures read(
      FileSystem fileSystem,
      Path folder,
      Collection<DataFile> files,
      TableSchema schema,
      Collection<String> columns)
      throws IOException {
    var figures = new ColumnFigures(schema, columns);
    if (!columns.isEmpty()) {
      for (var file : files) {
        figures.add(fileSystem, new Path(folder, file.name()), file.bytes());
      }
    }
    return figures;
  }

  private void add(FileSystem fileSystem, Path path, long bytes) throws IOException {
    try (var file = FileBytes.open(fileSystem, path, bytes)) {
      add(ParquetFooter.read(file));
    } catch (ClickmillException e) {
      throw e;
    } catch (RuntimeException e) {
      throw ClickmillException.failed("Cannot read %s: %s", path, Damage.describe(e), e);
    }
  }

  private void add(ParquetFooter footer) {
    for (int group = 0; group < footer.rowGroups().size(); group++) {
      for (var entry : figures.entrySet()) {
        int column = footer.schema().getFieldIndex(entry.getKey());
        var chunk = footer.chunk(group, column);
        add(
            entry.getValue(),
            chunk.getStatistics(),
            footer.rowGroups().get(group).getRowCount(),
            schema.columns().get(schema.ordinal(entry.getKey())).type());
      }
    }
  }

  private static void add(Figure figure, Statistics<?> statistics, long rows, Type type) {
    long nulls = statistics.getNumNulls();
    figure.nulls += nulls;
    figure.values += rows - nulls;
    if (rows == nulls || type.isBytes() || type == Type.BOOLEAN) {
      return;
    }
    if (!statistics.hasNonNullValue()) {
      figure.isUnordered = true;
      return;
    }
    var least = value((Number) statistics.genericGetMin(), type);
    var most = value((Number) statistics.genericGetMax(), type);
    figure.least = figure.least == null ? least : figure.least.min(least);
    figure.most = figure.most == null ? most : figure.most.max(most);
  }

  private static BigDecimal value(Number value, Type type) {
    return switch (type) {
      case MONEY -> Money.decimal(value.longValue());
      case TIME -> BigDecimal.valueOf(Math.floorDiv(value.longValue(), MICROS_OF_MILLI));
      case FLOAT, DOUBLE -> new BigDecimal(value.toString());
      default -> BigDecimal.valueOf(value.longValue());
    };
  }

  long nulls(String column) {
    return figures.get(column).nulls;
  }

  /** Whether no row has a value. */
  boolean isEmpty(String column) {
    return figures.get(column).values == 0;
  }

  /**
   * The least value, times in milliseconds since the epoch; empty if there is none, or if some
   * values are no numbers.
   */
  Optional<BigDecimal> least(String column) {
    var figure = figures.get(column);
    return figure.isUnordered ? Optional.empty() : Optional.ofNullable(figure.least);
  }

  /** The greatest value, as {@link #least}. */
  Optional<BigDecimal> most(String column) {
    var figure = figures.get(column);
    return figure.isUnordered ? Optional.empty() : Optional.ofNullable(figure.most);
  }
}
