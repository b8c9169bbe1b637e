package org.clickmill.drivers.cli;

import java.util.ArrayList;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the settings, with the values they have here. */
@Command(
    name = "config",
    description = "Lists every setting with its type, default, meaning and current value.",
    footer = {"", "Example:", "  clickmill config -D clickmill.warehouse=/data/shop --json"})
final class ConfigCommand extends BaseCommand {
  @Option(
      names = "--markdown",
      description = "Print the reference page docs/settings.md instead, without current values.")
  private boolean markdown;

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
  protected void run(CommandContext context) {
    var keys = Settings.all().values();
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
}
