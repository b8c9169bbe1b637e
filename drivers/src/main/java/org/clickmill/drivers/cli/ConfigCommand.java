package org.clickmill.drivers.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.failure.ClickmillException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the settings, with the values they have here. */
@Command(
    name = "config",
    description =
        "Lists every setting, or shows one, with type, default, meaning and current value.",
    footer = {
      "",
      "Examples:",
      "  clickmill config clickmill.top-products.limit",
      "  clickmill config -D clickmill.warehouse=/data/shop --json"
    })
final class ConfigCommand extends BaseCommand {
  @Option(
      names = "--markdown",
      description = "Print the reference page docs/settings.md instead, without current values.")
  private boolean markdown;

  @Parameters(
      arity = "0..1",
      paramLabel = "KEY",
      description = "The setting to show; clickmill. may be left out (default: all).")
  private String name;

  /**
   * A setting and its value.
   *
   * @param value as it is set now; the default if it is not set, null if it has none
   * @param isSet whether anything but the default gives the value
   */
  record Entry(
      String name,
      String type,
      String defaultValue,
      String value,
      boolean isSet,
      String documentation) {
    static Entry of(ConfigKey<?> key, Configuration configuration) {
      var set = configuration.get(key.name());
      return new Entry(
          key.name(),
          key.type(),
          key.defaultText(),
          set == null ? key.defaultText() : set,
          set != null,
          key.documentation());
    }
  }

  @Override
  boolean runsJobs() {
    return false;
  }

  @Override
  boolean knowsTables() {
    return false;
  }

  @Override
  boolean usesFileSystems() {
    return false;
  }

  @Override
  protected void run(CommandContext context) {
    var keys = Settings.all().values();
    if (name != null) {
      if (markdown) {
        throw ClickmillException.usage("Invalid options: --markdown is for all settings, not one");
      }
      var entry = Entry.of(key(name), context.configuration());
      context.console().result(entry, () -> SettingsPage.text(List.of(entry)));
      return;
    }
    if (markdown) {
      context.console().text(SettingsPage.markdown(keys));
      return;
    }
    var entries = new ArrayList<Entry>();
    for (var key : keys) {
      entries.add(Entry.of(key, context.configuration()));
    }
    context.console().result(entries, () -> SettingsPage.text(entries));
  }

  private static ConfigKey<?> key(String name) {
    var keys = Settings.all();
    var whole = name.startsWith(Settings.PREFIX) ? name : Settings.PREFIX + name;
    var key = keys.get(whole);
    if (key == null) {
      throw Settings.unknown(name, "");
    }
    return key;
  }
}
