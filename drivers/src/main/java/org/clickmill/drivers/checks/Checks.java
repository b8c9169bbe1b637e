package org.clickmill.drivers.checks;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.failure.ClickmillException;

/** The checks of a warehouse's tables. */
public final class Checks {
  private final List<Check> all;

  Checks(List<Check> all) {
    this.all = List.copyOf(all);
  }

  /**
   * The checks that the settings ask for.
   *
   * @throws ClickmillException of kind usage if something is wrong with them
   */
  public static Checks of(Configuration configuration) {
    return text(configuration).map(text -> read(text, configuration)).orElse(new Checks(List.of()));
  }

  private static Checks read(CheckText text, Configuration configuration) {
    var tables = Suite.entries(configuration).stream().map(Entry::table).toList();
    return new Checks(CheckYaml.read(text, tables, configuration));
  }

  /** Whether the settings ask for any. */
  public static boolean areOn(Configuration configuration) {
    return !CheckSettings.CHECKS.get(configuration).equals(CheckSettings.NONE);
  }

  private static Optional<CheckText> text(Configuration configuration) {
    var value = CheckSettings.CHECKS.get(configuration);
    return switch (value) {
      case CheckSettings.NONE -> Optional.empty();
      case CheckSettings.DEFAULT -> Optional.of(CheckText.builtIn());
      default -> Optional.of(CheckText.read(value, configuration));
    };
  }

  /** Those of a table. */
  List<Check> of(String dataset) {
    return all.stream().filter(check -> check.table().dataset().equals(dataset)).toList();
  }

  /** The names of all. */
  List<String> names() {
    return all.stream().map(Check::name).toList();
  }
}
