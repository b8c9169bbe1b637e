package org.clickmill.drivers.cli;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.expire.ExpireSettings;
import org.clickmill.drivers.forget.ForgetSettings;
import org.clickmill.drivers.kerberos.KerberosSettings;
import org.clickmill.drivers.observe.ObserveSettings;
import org.clickmill.drivers.pipeline.Nearest;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.report.ReportSettings;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.MappingSettings;
import org.clickmill.formats.metastore.MetastoreSettings;
import org.clickmill.formats.privacy.PrivacySettings;
import org.clickmill.formats.table.ReadSettings;
import org.clickmill.formats.table.WriteSettings;
import org.clickmill.formats.warehouse.WarehouseSettings;

/** Every setting of the suite, and the check of those that a user has made. */
public final class Settings {
  static final String PREFIX = "clickmill.";

  private Settings() {}

  /** All settings by name. A package with settings of its own adds them here. */
  public static SortedMap<String, ConfigKey<?>> all() {
    var keys = new TreeMap<String, ConfigKey<?>>();
    Stream.of(
            DriverSettings.all(),
            ExpireSettings.all(),
            ForgetSettings.all(),
            KerberosSettings.all(),
            MappingSettings.all(),
            MetastoreSettings.all(),
            ObserveSettings.all(),
            PrivacySettings.all(),
            ReadSettings.all(),
            ReportSettings.all(),
            Suite.settings(),
            WarehouseSettings.all(),
            WriteSettings.all())
        .flatMap(List::stream)
        .forEach(
            key -> {
              if (keys.put(key.name(), key) != null) {
                throw new IllegalStateException("Setting declared twice: " + key);
              }
            });
    return keys;
  }

  /**
   * Checks every setting under {@code clickmill.}: an unknown name, most often a misspelt one, and
   * an invalid value are usage errors.
   */
  static void check(Configuration configuration) {
    var known = all();
    configuration.getPropsWithPrefix(PREFIX).keySet().stream()
        .map(name -> PREFIX + name)
        .sorted()
        .forEach(
            name -> {
              var key = known.get(name);
              if (key == null) {
                throw unknown(name, origin(name, configuration));
              }
              key.get(configuration);
            });
  }

  /**
   * The error that a setting is not known.
   *
   * @param name as it was given, perhaps without {@link #PREFIX}
   * @param origin where, in brackets behind a blank; empty for the command line
   */
  static ClickmillException unknown(String name, String origin) {
    // Without what all have in common, which would make any two look alike.
    var known = all().keySet().stream().map(Settings::withoutPrefix).toList();
    var hint =
        Nearest.to(withoutPrefix(name), known)
            .map(nearest -> "Did you mean " + PREFIX + nearest + "?")
            .orElse("'clickmill config' lists the settings.");
    return ClickmillException.usage("Unknown setting: %s%s. %s", name, origin, hint);
  }

  private static String withoutPrefix(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  private static String origin(String name, Configuration configuration) {
    var sources = configuration.getPropertySources(name);
    var source = sources == null || sources.length == 0 ? null : sources[sources.length - 1];
    return source == null || !source.endsWith(".xml") ? "" : " (in " + source + ")";
  }
}
