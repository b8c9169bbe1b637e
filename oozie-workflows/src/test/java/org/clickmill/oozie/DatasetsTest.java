package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Grain;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

final class DatasetsTest {
  private static final String WAREHOUSE = "hdfs://shop/warehouse";

  /** Ends of months and years, a leap day, and ordinary days with one digit and with two. */
  private static final List<LocalDate> DAYS =
      Stream.of(
              "2019-01-01",
              "2019-02-28",
              "2019-03-01",
              "2019-09-30",
              "2019-10-01",
              "2019-12-31",
              "2020-01-01",
              "2020-02-28",
              "2020-02-29",
              "2020-03-01",
              "2021-11-09",
              "2021-11-10")
          .map(LocalDate::parse)
          .toList();

  @Test
  void fileIsValidWithinACoordinator() throws Exception {
    new CoordinatorSchema().validateInCoordinator(DatasetsFile.parse());
  }

  @Test
  void schemaRefusesADatasetWithoutTemplate() throws Exception {
    var datasets = DatasetsFile.parse();
    var template = datasets.getElementsByTagName("uri-template").item(0);
    template.getParentNode().removeChild(template);
    var schema = new CoordinatorSchema();
    assertThatThrownBy(() -> schema.validateInCoordinator(datasets))
        .isInstanceOf(SAXException.class)
        .hasMessageContaining("uri-template");
  }

  @Test
  void fileHasNoNamespaceSinceOozieFindsNoIncludedDatasetInOne() throws Exception {
    var elements = DatasetsFile.parse().getElementsByTagName("*");
    for (int i = 0; i < elements.getLength(); i++) {
      assertThat(((Element) elements.item(i)).getNamespaceURI()).isNull();
    }
  }

  @Test
  void eventsAndEveryDailyTableOfTheSuiteAreDeclared() throws Exception {
    var expected = new LinkedHashSet<String>();
    expected.add(Datasets.EVENTS);
    for (var entry : Suite.entries(new Configuration(false))) {
      if (entry.table().grain() == Grain.DAY) {
        expected.add(entry.table().dataset());
      }
    }
    assertThat(DatasetsFile.datasets().keySet()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void dayTemplatesAreThePathsOfPartitions() throws Exception {
    var datasets = DatasetsFile.datasets();
    datasets.remove(Datasets.EVENTS);
    for (var dataset : datasets.values()) {
      for (var day : DAYS) {
        assertThat(resolve(dataset.template(), day.atStartOfDay()))
            .isEqualTo(path(Partition.ofDay(dataset.name(), day)));
      }
    }
  }

  @Test
  void hourTemplateIsThePathOfEveryHour() throws Exception {
    var template = DatasetsFile.datasets().get(Datasets.EVENTS).template();
    for (var day : DAYS) {
      for (int hour = 0; hour < 24; hour++) {
        assertThat(resolve(template, day.atTime(hour, 0)))
            .isEqualTo(path(Partition.ofHour(Datasets.EVENTS, day, hour)));
      }
    }
  }

  @Test
  void instancesBeginAtMidnightUtcAndEndWithTheFlagThatIsPublished() throws Exception {
    for (var dataset : DatasetsFile.datasets().values()) {
      boolean isHourly = dataset.name().equals(Datasets.EVENTS);
      assertThat(dataset.frequency())
          .isEqualTo(isHourly ? "${coord:hours(1)}" : "${coord:days(1)}");
      assertThat(dataset.initialInstance()).isEqualTo("${firstDay}T00:00Z");
      assertThat(dataset.timezone()).isEqualTo("UTC");
      assertThat(dataset.doneFlag()).isEqualTo("_SUCCESS");
    }
  }

  private static String path(Partition partition) {
    return partition.below(new Path(WAREHOUSE)).toString();
  }

  /** Fills in a template as Oozie does, with padded numbers. */
  private static String resolve(String template, LocalDateTime instance) {
    var values =
        Map.of(
            "warehouse",
            WAREHOUSE,
            "YEAR",
            format(instance, "yyyy"),
            "MONTH",
            format(instance, "MM"),
            "DAY",
            format(instance, "dd"),
            "HOUR",
            format(instance, "HH"));
    var text = template;
    for (var value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    return text;
  }

  private static String format(LocalDateTime instance, String pattern) {
    return instance.format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
  }
}
