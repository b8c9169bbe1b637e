package org.clickmill.drivers.report;

import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.mapping.MappingSettings;
import org.clickmill.jobs.metrics.MetricSettings;

/** The settings of the report. */
public final class ReportSettings {
  public static final ConfigKey<String> TITLE =
      ConfigKey.ofString("clickmill.report.title", "The shop", "Heading of the report.");

  public static final ConfigKey<Locale> LOCALE =
      ConfigKey.ofLocale(
          "clickmill.report.locale",
          Locale.US,
          "How the report writes numbers, amounts and days: a language tag such as en-US, de-CH or"
              + " fr. Its words are English.");

  private ReportSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(TITLE, LOCALE);
  }

  /**
   * What the settings say.
   *
   * @param title heading of the page
   * @param currency ISO 4217 code of all amounts; null if the settings do not name it
   * @param locale a language tag
   * @param timeZone name of a zone
   */
  public record Values(String title, String currency, String locale, String timeZone) {}

  static Values of(Configuration configuration) {
    return new Values(
        TITLE.get(configuration),
        MappingSettings.CURRENCY.get(configuration),
        LOCALE.get(configuration).toLanguageTag(),
        MetricSettings.TIME_ZONE.get(configuration).getId());
  }
}
