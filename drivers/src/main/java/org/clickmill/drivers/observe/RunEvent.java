package org.clickmill.drivers.observe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * An event of OpenLineage about a run.
 *
 * @param type what became of it
 * @param time when
 * @param run its id and facets
 * @param job what it is a run of
 * @param inputs what it read
 * @param outputs what it wrote
 */
record RunEvent(
    Type type,
    Instant time,
    ObjectNode run,
    ObjectNode job,
    List<LineageDataset> inputs,
    List<LineageDataset> outputs) {
  enum Type {
    START,
    COMPLETE,
    FAIL
  }

  ObjectNode json() {
    var event = JsonNodeFactory.instance.objectNode();
    event.put("eventType", type.name());
    event.put("eventTime", time.toString());
    event.put("producer", Facets.PRODUCER);
    event.put("schemaURL", Facets.SPECIFICATION + "RunEvent");
    event.set("run", run);
    event.set("job", job);
    add(event.putArray("inputs"), inputs, "inputFacets");
    add(event.putArray("outputs"), outputs, "outputFacets");
    return event;
  }

  private static void add(ArrayNode array, List<LineageDataset> datasets, String roleFacets) {
    for (var dataset : datasets) {
      var node = array.addObject();
      node.put("namespace", dataset.namespace());
      node.put("name", dataset.name());
      add(node, "facets", dataset.facets());
      add(node, roleFacets, dataset.roleFacets());
    }
  }

  private static void add(ObjectNode node, String name, SortedMap<String, ObjectNode> facets) {
    if (!facets.isEmpty()) {
      node.putObject(name).setAll(facets);
    }
  }
}
