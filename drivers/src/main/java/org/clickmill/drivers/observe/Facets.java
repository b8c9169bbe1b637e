package org.clickmill.drivers.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.clickmill.formats.warehouse.SuiteVersion;

/** Facets of OpenLineage, empty but for what each must have: who made it, and its schema. */
final class Facets {
  static final String PRODUCER = "urn:clickmill:" + SuiteVersion.text();
  static final String SPECIFICATION = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/";

  private static final String FACETS = "https://openlineage.io/spec/facets/";

  private Facets() {}

  static ObjectNode schema() {
    return standard("1-1-1", "SchemaDatasetFacet");
  }

  static ObjectNode documentation() {
    return standard("1-0-1", "DocumentationDatasetFacet");
  }

  static ObjectNode version() {
    return standard("1-0-1", "DatasetVersionDatasetFacet");
  }

  static ObjectNode dataSource() {
    return standard("1-0-1", "DatasourceDatasetFacet");
  }

  static ObjectNode symlinks() {
    return standard("1-0-1", "SymlinksDatasetFacet");
  }

  static ObjectNode tags() {
    return standard("1-0-0", "TagsDatasetFacet");
  }

  static ObjectNode outputStatistics() {
    return standard("1-0-2", "OutputStatisticsOutputDatasetFacet");
  }

  static ObjectNode inputStatistics() {
    return standard("1-0-0", "InputStatisticsInputDatasetFacet");
  }

  static ObjectNode jobType() {
    return standard("2-0-3", "JobTypeJobFacet");
  }

  static ObjectNode jobDocumentation() {
    return standard("1-0-1", "DocumentationJobFacet");
  }

  static ObjectNode parent() {
    return standard("1-0-1", "ParentRunFacet");
  }

  static ObjectNode engine() {
    return standard("1-1-1", "ProcessingEngineRunFacet");
  }

  static ObjectNode error() {
    return standard("1-0-1", "ErrorMessageRunFacet");
  }

  /** A facet of our own about a dataset. */
  static ObjectNode ofDataset() {
    return facet(SPECIFICATION + "DatasetFacet");
  }

  /** A facet of our own about a run. */
  static ObjectNode ofRun() {
    return facet(SPECIFICATION + "RunFacet");
  }

  private static ObjectNode standard(String version, String name) {
    return facet(FACETS + version + "/" + name + ".json#/$defs/" + name);
  }

  private static ObjectNode facet(String schema) {
    var facet = JsonNodeFactory.instance.objectNode();
    facet.put("_producer", PRODUCER);
    facet.put("_schemaURL", schema);
    return facet;
  }
}
