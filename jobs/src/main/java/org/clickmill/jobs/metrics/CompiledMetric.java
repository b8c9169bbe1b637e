package org.clickmill.jobs.metrics;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.expression.DuckDbText;
import org.clickmill.jobs.expression.TypedExpression;
import org.clickmill.jobs.expression.ValueType;

/**
 * A metric that makes sense.
 *
 * @param from the input as the file names it
 * @param sources makes what its rows come from
 * @param where which rows count; null for all
 * @param schema of its table
 * @param top null for all groups
 */
record CompiledMetric(
    String name,
    String from,
    Supplier<MetricSource> sources,
    TypedExpression where,
    List<Key> keys,
    List<Measurement> measures,
    List<Ratio> ratios,
    Top top,
    TableSchema schema) {

  /** What rows are grouped by. */
  record Key(String column, TypedExpression value) {}

  /** A measure over another; NULL where that is 0 or NULL. */
  record Ratio(String column, Measurement dividend, Measurement divisor) {
    ValueType type() {
      boolean isMoney = dividend.type() == ValueType.DECIMAL && divisor.type() == ValueType.LONG;
      return isMoney ? ValueType.DECIMAL : ValueType.DOUBLE;
    }
  }

  /** The groups with the largest values of a column. */
  record Top(String column, int limit) {}

  CompiledMetric {
    keys = List.copyOf(keys);
    measures = List.copyOf(measures);
    ratios = List.copyOf(ratios);
  }

  /** The columns of the source that expressions name. */
  Set<String> usedColumns() {
    var used = new TreeSet<String>();
    expressions().forEach(typed -> typed.columns().forEach(column -> used.add(column.name())));
    return used;
  }

  private Stream<TypedExpression> expressions() {
    return Stream.of(
            Stream.ofNullable(where),
            keys.stream().map(Key::value),
            measures.stream().flatMap(measure -> Stream.ofNullable(measure.argument())),
            measures.stream().flatMap(measure -> Stream.ofNullable(measure.filter())))
        .flatMap(part -> part);
  }

  /** A hash of what decides the rows; descriptions, comments and blanks do not count. */
  String fingerprint() {
    var text = new StringBuilder(from);
    if (where != null) {
      text.append("\nwhere ").append(DuckDbText.of(where));
    }
    for (var key : keys) {
      text.append("\nby ").append(key.column()).append(' ').append(DuckDbText.of(key.value()));
    }
    for (var measure : measures) {
      text.append("\nmeasure ").append(measure.column()).append(' ').append(measure.kind());
      if (measure.argument() != null) {
        text.append(' ').append(DuckDbText.of(measure.argument()));
      }
      if (measure.filter() != null) {
        text.append(" filter ").append(DuckDbText.of(measure.filter()));
      }
      text.append(' ').append(measure.share());
    }
    for (var ratio : ratios) {
      text.append("\nratio ").append(ratio.column()).append(' ');
      text.append(ratio.dividend().column()).append('/').append(ratio.divisor().column());
    }
    text.append("\ntop ").append(top);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
