package org.clickmill.drivers.checks;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.checks.Rule.Freshness;
import org.clickmill.drivers.checks.Rule.NullShare;
import org.clickmill.drivers.checks.Rule.Range;
import org.clickmill.drivers.checks.Rule.Reconciliation;
import org.clickmill.drivers.checks.Rule.RowCount;
import org.clickmill.drivers.checks.Rule.Unique;
import org.clickmill.drivers.pipeline.Nearest;
import org.clickmill.formats.config.TimeSpan;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.formats.yaml.YamlFields;
import org.clickmill.formats.yaml.YamlNode;
import org.clickmill.formats.yaml.YamlNode.Mapping;
import org.clickmill.formats.yaml.YamlNode.Scalar;
import org.clickmill.formats.yaml.YamlNode.Sequence;
import org.clickmill.formats.yaml.YamlText.Place;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Table;

/** Reads the rule of a check, and holds its columns and bounds against the table. */
final class RuleYaml {
  /** The keys of all rules. */
  static final Set<String> KINDS =
      Set.of(
          RowCount.KIND,
          NullShare.KIND,
          Unique.KIND,
          Range.KIND,
          Freshness.KIND,
          Reconciliation.KIND);

  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final CheckText file;
  private final YamlFields fields;
  private final Table table;
  private final Configuration configuration;

  /**
   * @param table that is checked
   */
  RuleYaml(CheckText file, Table table, Configuration configuration) {
    this.file = file;
    this.fields = new YamlFields(file);
    this.table = table;
    this.configuration = configuration;
  }

  /**
   * Reads a rule.
   *
   * @param kind its key, one of {@link #KINDS}
   */
  Rule read(Scalar kind, YamlNode node) {
    return switch (kind.text()) {
      case RowCount.KIND -> rowCount(kind, node);
      case NullShare.KIND -> nullShare(node);
      case Unique.KIND -> unique(node);
      case Range.KIND -> range(node);
      case Freshness.KIND -> freshness(node);
      default -> reconciliation(kind, node);
    };
  }

  private RowCount rowCount(Scalar kind, YamlNode node) {
    if (table.grain() != Grain.DAY) {
      throw file.invalid(
          kind.place(),
          "'row-count' compares weekdays, but %s has partitions of a %s",
          table.dataset(),
          table.grain().name().toLowerCase(Locale.ROOT));
    }
    var rule =
        fields.mapping(node, "'row-count'", Set.of("least", "most", "judged-from", "closed"));
    var least = rule.get("least") == null ? HALF : number(rule, "least");
    var most = rule.get("most") == null ? null : number(rule, "most");
    requireOrder(rule, least, most);
    var judgedFrom =
        rule.get("judged-from") == null ? BigDecimal.ZERO : number(rule, "judged-from");
    return new RowCount(least, most, judgedFrom.longValue(), closed(rule));
  }

  private Set<LocalDate> closed(Mapping rule) {
    var node = rule.get("closed");
    if (node == null) {
      return Set.of();
    }
    if (!(node instanceof Sequence sequence)) {
      throw file.invalid(node.place(), "'closed' is not a list of days");
    }
    var days = new HashSet<LocalDate>();
    for (var day : sequence.nodes()) {
      var text = fields.text(day, "closed");
      try {
        days.add(LocalDate.parse(text.text()));
      } catch (DateTimeException e) {
        throw file.invalid(
            text.place(), "invalid day '%s' (expected one as 2019-12-25)", text.text());
      }
    }
    return Set.copyOf(days);
  }

  private NullShare nullShare(YamlNode node) {
    var rule = fields.mapping(node, "'null-share'", Set.of("column", "most"));
    var most = number(rule, "most");
    if (most.compareTo(BigDecimal.ONE) > 0) {
      throw file.invalid(
          rule.get("most").place(), "invalid share %s (expected 0 to 1)", most.toPlainString());
    }
    return new NullShare(column(fields.required(rule, "column")).name(), most);
  }

  private Unique unique(YamlNode node) {
    if (!(node instanceof Sequence sequence) || sequence.nodes().isEmpty()) {
      throw file.invalid(node.place(), "'unique' is not a list of columns");
    }
    return new Unique(
        sequence.nodes().stream().map(one -> column(fields.text(one, "unique")).name()).toList());
  }

  private Range range(YamlNode node) {
    var rule = fields.mapping(node, "'range'", Set.of("column", "least", "most"));
    var name = fields.required(rule, "column");
    var type = column(name).type();
    if (!isNumber(type)) {
      throw file.invalid(
          name.place(), "'range' needs a column of numbers, and %s is none", name.text());
    }
    var least = rule.get("least") == null ? null : signed(fields.required(rule, "least"));
    var most = rule.get("most") == null ? null : signed(fields.required(rule, "most"));
    if (least == null && most == null) {
      throw file.invalid(rule.place(), "missing 'least' or 'most'");
    }
    requireOrder(rule, least, most);
    return new Range(name.text(), least, most);
  }

  private static boolean isNumber(Type type) {
    return type.isDouble() || type == Type.INT || type == Type.LONG || type == Type.MONEY;
  }

  private Freshness freshness(YamlNode node) {
    var rule = fields.mapping(node, "'freshness'", Set.of("column", "within"));
    var name = fields.required(rule, "column");
    if (column(name).type() != Type.TIME) {
      throw file.invalid(
          name.place(), "'freshness' needs a column of times, and %s is none", name.text());
    }
    var within = fields.required(rule, "within");
    return new Freshness(
        name.text(),
        TimeSpan.parse(within.text())
            .orElseThrow(
                () ->
                    file.invalid(
                        within.place(),
                        "invalid time '%s' (%s)",
                        within.text(),
                        TimeSpan.EXPECTED)));
  }

  private Reconciliation reconciliation(Scalar kind, YamlNode node) {
    var rule =
        fields.mapping(
            node,
            "'reconciliation'",
            Set.of("file", "day", "order", "amount", "compared-with", "tolerance"));
    boolean isOneRow = table.description().key().filter(List::isEmpty).isPresent();
    if (!isOneRow || !table.schema().contains(Reconciliation.ORDERS)) {
      throw file.invalid(
          kind.place(),
          "'reconciliation' needs a table with one row a day and a column orders, as sales is");
    }
    var path = fields.required(rule, "file");
    boolean hasDay = rule.get("day") != null;
    boolean isDaily = path.text().contains(OrdersFile.DAY);
    if (hasDay == isDaily) {
      throw file.invalid(
          path.place(),
          isDaily
              ? "a file with %s in its path has one day: leave out 'day'"
              : "missing 'day', the column of the day, or %s in the path of 'file'",
          OrdersFile.DAY);
    }
    if (!isDaily) {
      requireFile(path);
    }
    boolean hasAmount = rule.get("amount") != null;
    if (!hasAmount && rule.get("compared-with") != null) {
      throw file.invalid(
          rule.get("compared-with").place(), "missing 'amount', which is compared with it");
    }
    return new Reconciliation(
        new OrdersFile(
            path.text(),
            hasDay ? fields.required(rule, "day").text() : null,
            fields.required(rule, "order").text(),
            hasAmount ? fields.required(rule, "amount").text() : null),
        hasAmount ? comparedWith(rule) : null,
        rule.get("tolerance") == null ? BigDecimal.ZERO : number(rule, "tolerance"));
  }

  private String comparedWith(Mapping rule) {
    var node = rule.get("compared-with");
    var name = node == null ? null : fields.required(rule, "compared-with");
    var column = name == null ? column("revenue", rule.place()) : column(name);
    if (column.type() != Type.MONEY) {
      throw file.invalid(
          node == null ? rule.place() : node.place(),
          "an amount is compared with a column of money, and %s is none",
          column.name());
    }
    return column.name();
  }

  private void requireFile(Scalar path) {
    try {
      if (OrdersFile.locate(path.text(), configuration).isEmpty()) {
        throw file.invalid(path.place(), "missing file '%s'", path.text());
      }
    } catch (IOException | IllegalArgumentException e) {
      throw file.invalid(path.place(), "cannot read '%s': %s", path.text(), e.getMessage());
    }
  }

  private TableSchema.Column column(Scalar name) {
    return column(name.text(), name.place());
  }

  private TableSchema.Column column(String name, Place place) {
    var schema = table.schema();
    if (!schema.contains(name)) {
      var names = schema.columns().stream().map(TableSchema.Column::name).toList();
      throw file.invalid(
          place,
          "%s has no column '%s'.%s",
          table.dataset(),
          name,
          Nearest.question(name, names, "It has " + String.join(", ", names) + "."));
    }
    return schema.columns().get(schema.ordinal(name));
  }

  private void requireOrder(Mapping rule, BigDecimal least, BigDecimal most) {
    if (least != null && most != null && least.compareTo(most) > 0) {
      throw file.invalid(
          rule.get("most").place(),
          "'least' is %s, more than 'most', %s",
          least.toPlainString(),
          most.toPlainString());
    }
  }

  private BigDecimal number(Mapping mapping, String key) {
    var scalar = fields.required(mapping, key);
    var number = signed(scalar);
    if (number.signum() < 0) {
      throw file.invalid(scalar.place(), "'%s' is %s, less than 0", key, scalar.text());
    }
    return number;
  }

  private BigDecimal signed(Scalar scalar) {
    try {
      return new BigDecimal(scalar.text());
    } catch (NumberFormatException e) {
      throw file.invalid(scalar.place(), "'%s' is no number", scalar.text());
    }
  }
}
