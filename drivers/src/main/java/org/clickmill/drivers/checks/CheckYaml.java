package org.clickmill.drivers.checks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.checks.Check.Severity;
import org.clickmill.drivers.pipeline.Nearest;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.yaml.YamlFields;
import org.clickmill.formats.yaml.YamlNode;
import org.clickmill.formats.yaml.YamlNode.Mapping;
import org.clickmill.formats.yaml.YamlNode.Scalar;
import org.clickmill.formats.yaml.YamlNode.Sequence;
import org.clickmill.formats.yaml.YamlReader;
import org.clickmill.jobs.kernel.Table;

/** Reads a file of checks, and holds every word of it against the tables that there are. */
final class CheckYaml {
  private static final Set<String> OTHER_KEYS = Set.of("name", "table", "severity");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  private final CheckText file;
  private final YamlFields fields;
  private final Map<String, Table> tables = new TreeMap<>();
  private final Configuration configuration;

  private CheckYaml(CheckText file, Collection<Table> tables, Configuration configuration) {
    this.file = file;
    this.fields = new YamlFields(file);
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
    var root = fields.mapping(node, "the file", Set.of("checks"));
    var list = fields.requiredNode(root, "checks");
    if (!(list instanceof Sequence sequence)) {
      throw file.invalid(list.place(), "'checks' is not a list");
    }
    var checks = new ArrayList<Check>();
    var names = new HashSet<String>();
    for (var one : sequence.nodes()) {
      var keys = new TreeSet<>(RuleYaml.KINDS);
      keys.addAll(OTHER_KEYS);
      var mapping = fields.mapping(one, "a check", keys);
      checks.add(check(mapping));
      if (!names.add(checks.get(checks.size() - 1).name())) {
        throw file.invalid(
            mapping.get("name").place(),
            "a second check '%s'",
            fields.required(mapping, "name").text());
      }
    }
    return checks;
  }

  private Check check(Mapping check) {
    var name = fields.required(check, "name");
    if (!NAME.matcher(name.text()).matches()) {
      throw file.invalid(
          name.place(),
          "invalid name '%s' (expected small letters, digits and _, a letter first, 64 at most)",
          name.text());
    }
    var table = table(fields.required(check, "table"));
    var rules =
        check.fields().stream().filter(one -> RuleYaml.KINDS.contains(one.key().text())).toList();
    if (rules.size() != 1) {
      throw file.invalid(
          check.place(),
          "the check '%s' has %d rules (expected one of %s)",
          name.text(),
          rules.size(),
          String.join(", ", new TreeSet<>(RuleYaml.KINDS)));
    }
    var rule =
        new RuleYaml(file, table, configuration).read(rules.get(0).key(), rules.get(0).value());
    return new Check(name.text(), table, severity(check), rule);
  }

  private Severity severity(Mapping check) {
    if (check.get("severity") == null) {
      return Severity.FAIL;
    }
    var severity = fields.required(check, "severity");
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
}
