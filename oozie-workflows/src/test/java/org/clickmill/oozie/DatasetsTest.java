package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.Grain;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

final class DatasetsTest {
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
}
