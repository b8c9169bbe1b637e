package org.clickmill.jobs.metrics;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clickmill.formats.yaml.YamlNode.Scalar;
import org.clickmill.jobs.expression.ExpressionException;
import org.clickmill.jobs.expression.ExpressionParser;
import org.clickmill.jobs.expression.Syntax;
import org.clickmill.jobs.expression.Syntax.Operator;
import org.clickmill.jobs.expression.TypeChecker;
import org.clickmill.jobs.expression.TypedExpression;
import org.clickmill.jobs.expression.ValueType;
import org.clickmill.jobs.metrics.CompiledMetric.Key;
import org.clickmill.jobs.metrics.CompiledMetric.Ratio;
import org.clickmill.jobs.metrics.Measurement.Kind;
import org.clickmill.jobs.metrics.MetricDefinition.Named;

/** Checks what a metric says against the columns that its rows have. */
final class MetricCompiler {
  private static final List<String> KINDS =
      Arrays.stream(Kind.values()).map(Kind::text).sorted().toList();

  private final MetricDefinition definition;
  private final Supplier<MetricSource> sources;
  private final TypeChecker checker;

  /** Something about an expression that is found wrong at a place in it. */
  private interface Check<T> {
    T of(String text);
  }

  private MetricCompiler(MetricDefinition definition, Supplier<MetricSource> sources, ZoneId zone) {
    this.definition = definition;
    this.sources = sources;
    checker = new TypeChecker(sources.get(), zone);
  }

  /**
   * Compiles a metric.
   *
   * @param zone whose clock its functions read times off
   */
  static CompiledMetric compile(
      MetricDefinition definition, Supplier<MetricSource> sources, ZoneId zone) {
    return new MetricCompiler(definition, sources, zone).metric();
  }

  private CompiledMetric metric() {
    var where = definition.where() == null ? null : checked(definition.where(), this::condition);
    var keys = definition.by().stream().map(this::key).toList();
    var measures = definition.measures().stream().map(this::measure).toList();
    var ratios = definition.ratios().stream().map(named -> ratio(named, measures)).toList();
    requireFreeSketchColumns(measures);
    var schema = new MetricSchema(definition, keys, measures, ratios).schema();
    var metric =
        new CompiledMetric(
            definition.name().text(),
            definition.from().text(),
            sources,
            where,
            keys,
            measures,
            ratios,
            top(measures, ratios),
            schema);
    if (MetricRows.flagsOf(metric) > MetricRows.MOST_FLAGS) {
      throw definition.invalid(
          definition.name().place(),
          "more than %d different filters and arguments that may be NULL",
          MetricRows.MOST_FLAGS);
    }
    return metric;
  }

  private <T> T checked(Scalar text, Check<T> check) {
    try {
      return check.of(text.text());
    } catch (ExpressionException e) {
      throw definition.invalid(text, e);
    }
  }

  private TypedExpression condition(String text) {
    return checker.condition(ExpressionParser.parse(text));
  }

  private Key key(Named named) {
    var value = checked(named.text(), text -> checker.check(ExpressionParser.parse(text)));
    return new Key(named.name().text(), value);
  }

  private Measurement measure(Named named) {
    return checked(named.text(), text -> measure(named.name().text(), text));
  }

  private Measurement measure(String column, String text) {
    var aggregate = ExpressionParser.parseAggregate(text);
    var call = aggregate.call();
    var kind =
        Arrays.stream(Kind.values())
            .filter(one -> one.text().equals(call.function()))
            .findFirst()
            .orElseThrow(
                () ->
                    new ExpressionException(
                        call.at(),
                        "unknown measure '"
                            + call.function()
                            + "' (there are "
                            + String.join(", ", KINDS)
                            + ")"));
    var filter = aggregate.filter() == null ? null : checker.condition(aggregate.filter());
    var arguments = call.arguments();
    int wanted = kind == Kind.QUANTILE ? 2 : 1;
    if (arguments.size() != wanted && !(kind == Kind.COUNT && arguments.isEmpty())) {
      throw new ExpressionException(
          call.at(),
          kind == Kind.QUANTILE
              ? "quantile(…) takes a value and a share, as quantile(price, 0.9)"
              : kind.text() + "(…) takes one value");
    }
    var argument = arguments.isEmpty() ? null : checker.check(arguments.get(0));
    if (argument != null) {
      requireFits(kind, argument, arguments.get(0));
    }
    double share = kind == Kind.QUANTILE ? share(arguments.get(1)) : 0;
    return new Measurement(column, kind, argument, filter, share);
  }

  private static void requireFits(Kind kind, TypedExpression argument, Syntax at) {
    var type = argument.type();
    boolean isExact = type == ValueType.LONG || type == ValueType.DECIMAL;
    boolean fits =
        switch (kind) {
          case COUNT, DISTINCT -> true;
          case THETA -> type != ValueType.BOOLEAN && type != ValueType.DOUBLE;
          case SUM, AVG, QUANTILE -> isExact;
          case MIN, MAX -> type != ValueType.STRING && type != ValueType.BOOLEAN;
        };
    if (!fits) {
      throw new ExpressionException(
          at.at(),
          kind.text()
              + "(…) does not take a "
              + type
              + (type == ValueType.DOUBLE ? "; decimal(…) makes a decimal of it" : ""));
    }
  }

  private static double share(Syntax syntax) {
    if (syntax instanceof Syntax.Literal literal && literal.type().isNumber()) {
      double share = new BigDecimal(literal.text()).doubleValue();
      if (share >= 0 && share <= 1) {
        return share;
      }
    }
    throw new ExpressionException(syntax.at(), "expected a share from 0 to 1, such as 0.9");
  }

  private Ratio ratio(Named named, List<Measurement> measures) {
    return checked(
        named.text(),
        text -> {
          var syntax = ExpressionParser.parse(text);
          if (syntax instanceof Syntax.Binary binary
              && binary.operator() == Operator.DIVIDED_BY
              && binary.left() instanceof Syntax.Name dividend
              && binary.right() instanceof Syntax.Name divisor) {
            return new Ratio(
                named.name().text(), number(dividend, measures), number(divisor, measures));
          }
          throw new ExpressionException(
              syntax.at(), "expected one measure over another, as revenue / lines");
        });
  }

  private static Measurement number(Syntax.Name name, List<Measurement> measures) {
    var found =
        measures.stream().filter(measure -> measure.column().equals(name.name())).findFirst();
    if (found.isEmpty()) {
      throw new ExpressionException(
          name.at(),
          "unknown measure '"
              + name.name()
              + "' (there are "
              + measures.stream().map(Measurement::column).collect(Collectors.joining(", "))
              + ")");
    }
    if (!found.get().type().isNumber()) {
      throw new ExpressionException(
          name.at(), "'" + name.name() + "' is a " + found.get().type() + ", not a number");
    }
    return found.get();
  }

  private void requireFreeSketchColumns(List<Measurement> measures) {
    for (var measure : measures) {
      boolean isTaken =
          measure.kind() == Kind.THETA
              && Stream.of(definition.by(), definition.measures(), definition.ratios())
                  .flatMap(List::stream)
                  .anyMatch(named -> named.name().text().equals(measure.sketchColumn()));
      if (isTaken) {
        throw definition.invalid(
            definition.name().place(),
            "the column '%s' is there already: '%s' has its sketch in it",
            measure.sketchColumn(),
            measure.column());
      }
    }
  }

  private CompiledMetric.Top top(List<Measurement> measures, List<Ratio> ratios) {
    var top = definition.top();
    if (top == null) {
      return null;
    }
    var names =
        Stream.concat(
                measures.stream().map(Measurement::column), ratios.stream().map(Ratio::column))
            .toList();
    if (!names.contains(top.by().text())) {
      throw definition.invalid(
          top.by().place(),
          "unknown measure '%s' in 'top' (there are %s)",
          top.by().text().toLowerCase(Locale.ROOT),
          String.join(", ", names));
    }
    return new CompiledMetric.Top(top.by().text(), top.limit());
  }
}
