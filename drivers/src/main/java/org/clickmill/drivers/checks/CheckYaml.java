package org.clickmill.drivers.checks;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.checks.Check.Severity;
import org.clickmill.drivers.checks.Rule.Freshness;
import org.clickmill.drivers.checks.Rule.NullShare;
import org.clickmill.drivers.checks.Rule.Range;
import org.clickmill.drivers.checks.Rule.Reconciliation;
import org.clickmill.drivers.checks.Rule.RowCount;
import org.clickmill.drivers.checks.Rule.Unique;
import org.clickmill.drivers.pipeline.Nearest;
import org.clickmill.formats.config.TimeSpan;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.yaml.YamlNode;
import org.clickmill.formats.yaml.YamlNode.Mapping;
import org.clickmill.formats.yaml.YamlNode.Scalar;
import org.clickmill.formats.yaml.YamlNode.Sequence;
import org.clickmill.formats.yaml.YamlReader;
import org.clickmill.formats.yaml.YamlText.Place;
import org.clickmill.jobs.kernel.Grain;
import org.clickmill.jobs.kernel.Table;

/** Reads a file of checks, and holds every word of it against the tables that there are. */
final class CheckYaml {
  private static final Set<String> RULES =
      Set.of(
          RowCount.KIND,
          NullShare.KIND,
          Unique.KIND,
          Range.KIND,
          Freshness.KIND,
          Reconciliation.KIND);
  private static final Set<String> OTHER_KEYS = Set.of("name", "table", "severity");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final CheckText file;
  private final Map<String, Table> tables = new TreeMap<>();
  private final Configuration configuration;

  private CheckYaml(CheckText file, Collection<Table> tables, Configuration configuration) {
    this.file = file;
    tables.forEach(table -> this.tables.put(table.dataset(), table));
    this.configuration = configuration;
  }

  /**
   * Reads checks.
   *
   * @param tables that can be checked
   * @throws ClickmillException of kind usage, with file, line and column, if something is wrong
   */
  static List<Check> read(CheckText file, Collection<Table> tables, Configuration configuration) {
    return new CheckYaml(file, tables, configuration).checks(new YamlReader(file).read());
  }

  private List<Check> checks(YamlNode node) {
    var root = mapping(node, "the file", Set.of("checks"));
    var list = required(root, "checks");
    if (!(list instanceof Sequence sequence)) {
      throw file.invalid(list.place(), "'checks' is not a list");
    }
    var checks = new ArrayList<Check>();
    var names = new HashSet<String>();
    for (var one : sequence.nodes()) {
      var keys = new TreeSet<>(RULES);
      keys.addAll(OTHER_KEYS);
      var mapping = mapping(one, "a check", keys);
      checks.add(check(mapping));
      if (!names.add(checks.get(checks.size() - 1).name())) {
        throw file.invalid(
            mapping.get("name").place(), "a second check '%s'", text(mapping, "name").text());
      }
    }
    return checks;
  }

  private Check check(Mapping check) {
    var name = text(check, "name");
    if (!NAME.matcher(name.text()).matches()) {
      throw file.invalid(
          name.place(),
          "invalid name '%s' (expected small letters, digits and _, a letter first, 64 at most)",
          name.text());
    }
    var table = table(text(check, "table"));
    var rules = check.fields().stream().filter(one -> RULES.contains(one.key().text())).toList();
    if (rules.size() != 1) {
      throw file.invalid(
          check.place(),
          "the check '%s' has %d rules (expected one of %s)",
          name.text(),
          rules.size(),
          String.join(", ", new TreeSet<>(RULES)));
    }
    var rule = rule(rules.get(0).key(), rules.get(0).value(), table);
    return new Check(name.text(), table, severity(check), rule);
  }

  private Severity severity(Mapping check) {
    if (check.get("severity") == null) {
      return Severity.FAIL;
    }
    var severity = text(check, "severity");
    return switch (severity.text()) {
      case "fail" -> Severity.FAIL;
      case "warn" -> Severity.WARN;
      default ->
          throw file.invalid(
              severity.place(), "invalid severity '%s' (expected warn or fail)", severity.text());
    };
  }

  private Table table(Scalar name) {
    var table = tables.get(name.text());
    if (table != null) {
      return table;
    }
    if (name.text().equals(Datasets.EVENTS)) {
      throw file.invalid(
          name.place(),
          "events cannot be checked, since import and load publish them: name events_daily");
    }
    throw file.invalid(
        name.place(),
        "the settings ask for no table '%s'.%s",
        name.text(),
        Nearest.question(name.text(), tables.keySet(), "'clickmill tables' lists them."));
  }

  private Rule rule(Scalar kind, YamlNode node, Table table) {
    return switch (kind.text()) {
      case RowCount.KIND -> rowCount(kind, node, table);
      case NullShare.KIND -> nullShare(node, table);
      case Unique.KIND -> unique(node, table);
      case Range.KIND -> range(node, table);
      case Freshness.KIND -> freshness(node, table);
      default -> reconciliation(kind, node, table);
    };
  }

  private RowCount rowCount(Scalar kind, YamlNode node, Table table) {
    if (table.grain() != Grain.DAY) {
      throw file.invalid(
          kind.place(),
          "'row-count' compares weekdays, but %s has partitions of a %s",
          table.dataset(),
          table.grain().name().toLowerCase(Locale.ROOT));
    }
    var rule = mapping(node, "'row-count'", Set.of("least", "most", "judged-from", "closed"));
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
      var text = scalar(day, "closed");
      try {
        days.add(LocalDate.parse(text.text()));
      } catch (DateTimeException e) {
        throw file.invalid(
            text.place(), "invalid day '%s' (expected one as 2019-12-25)", text.text());
      }
    }
    return Set.copyOf(days);
  }

  private NullShare nullShare(YamlNode node, Table table) {
    var rule = mapping(node, "'null-share'", Set.of("column", "most"));
    var most = number(rule, "most");
    if (most.compareTo(BigDecimal.ONE) > 0) {
      throw file.invalid(
          rule.get("most").place(), "invalid share %s (expected 0 to 1)", most.toPlainString());
    }
    return new NullShare(column(text(rule, "column"), table).name(), most);
  }

  private Unique unique(YamlNode node, Table table) {
    if (!(node instanceof Sequence sequence) || sequence.nodes().isEmpty()) {
      throw file.invalid(node.place(), "'unique' is not a list of columns");
    }
    return new Unique(
        sequence.nodes().stream().map(one -> column(scalar(one, "unique"), table).name()).toList());
  }

  private Range range(YamlNode node, Table table) {
    var rule = mapping(node, "'range'", Set.of("column", "least", "most"));
    var name = text(rule, "column");
    var type = column(name, table).type();
    if (!isNumber(type)) {
      throw file.invalid(
          name.place(), "'range' needs a column of numbers, and %s is none", name.text());
    }
    var least = rule.get("least") == null ? null : signed(text(rule, "least"));
    var most = rule.get("most") == null ? null : signed(text(rule, "most"));
    if (least == null && most == null) {
      throw file.invalid(rule.place(), "missing 'least' or 'most'");
    }
    requireOrder(rule, least, most);
    return new Range(name.text(), least, most);
  }

  private static boolean isNumber(Type type) {
    return type.isDouble() || type == Type.INT || type == Type.LONG || type == Type.MONEY;
  }

  private Freshness freshness(YamlNode node, Table table) {
    var rule = mapping(node, "'freshness'", Set.of("column", "within"));
    var name = text(rule, "column");
    if (column(name, table).type() != Type.TIME) {
      throw file.invalid(
          name.place(), "'freshness' needs a column of times, and %s is none", name.text());
    }
    var within = text(rule, "within");
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

  private Reconciliation reconciliation(Scalar kind, YamlNode node, Table table) {
    var rule =
        mapping(
            node,
            "'reconciliation'",
            Set.of("file", "day", "order", "amount", "compared-with", "tolerance"));
    boolean isOneRow = table.description().key().filter(List::isEmpty).isPresent();
    if (!isOneRow || !table.schema().contains(Reconciliation.ORDERS)) {
      throw file.invalid(
          kind.place(),
          "'reconciliation' needs a table with one row a day and a column orders, as sales is");
    }
    var path = text(rule, "file");
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
    return new Reconciliation(
        new OrdersFile(
            path.text(),
            hasDay ? text(rule, "day").text() : null,
            text(rule, "order").text(),
            hasAmount ? text(rule, "amount").text() : null),
        hasAmount ? comparedWith(rule, table) : null,
        rule.get("tolerance") == null ? BigDecimal.ZERO : number(rule, "tolerance"));
  }

  private String comparedWith(Mapping rule, Table table) {
    var node = rule.get("compared-with");
    var name = node == null ? null : text(rule, "compared-with");
    var column =
        name == null ? column("revenue", rule.place(), table) : column(name, table);
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

  private TableSchema.Column column(Scalar name, Table table) {
    return column(name.text(), name.place(), table);
  }

  private TableSchema.Column column(
      String name, Place place, Table table) {
    var schema = table.schema();
    if (!schema.contains(name)) {
      var names = schema.columns().stream().map(TableSchema.Column::name).toList();
      throw file.invalid(
          place,
          "%s has no column '%s'.%s",
          table.dataset(),
          name,
          Nearest.question(
              name, names, "It has " + names.stream().collect(Collectors.joining(", ")) + "."));
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
    var scalar = text(mapping, key);
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

  private Mapping mapping(YamlNode node, String what, Set<String> keys) {
    if (!(node instanceof Mapping mapping)) {
      throw file.invalid(node.place(), "%s is not a map", what);
    }
    for (var field : mapping.fields()) {
      if (!keys.contains(field.key().text())) {
        throw file.invalid(
            field.key().place(),
            "unknown key '%s' in %s.%s",
            field.key().text(),
            what,
            Nearest.question(
                field.key().text(), keys, "Known: " + String.join(", ", new TreeSet<>(keys))));
      }
    }
    return mapping;
  }

  private YamlNode required(Mapping mapping, String key) {
    var node = mapping.get(key);
    if (node == null) {
      throw file.invalid(mapping.place(), "missing '%s'", key);
    }
    return node;
  }

  private Scalar text(Mapping mapping, String key) {
    return scalar(required(mapping, key), key);
  }

  private Scalar scalar(YamlNode node, String key) {
    if (!(node instanceof Scalar scalar) || scalar.text().isBlank()) {
      throw file.invalid(node.place(), "'%s' is not a text", key);
    }
    return scalar;
  }
}
