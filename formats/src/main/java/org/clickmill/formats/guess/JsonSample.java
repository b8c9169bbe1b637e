package org.clickmill.formats.guess;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.formats.guess.Sample.Column;
import org.clickmill.formats.guess.Sample.Type;
import org.clickmill.formats.mapping.Mapping;

/** The paths of JSON objects. */
final class JsonSample {
  private static final int MOST_PATHS = 500;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** The values of each path; null for one of lists. */
  private final Map<String, List<String>> paths = new LinkedHashMap<>();

  private int records;

  private JsonSample() {}

  /**
   * The objects up to the first that is not valid, or cut off.
   *
   * @return null if there is none
   */
  static Sample of(byte[] text) {
    var sample = new JsonSample();
    try (var objects = JSON.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      while (sample.records < Sample.MOST_RECORDS && objects.hasNextValue()) {
        if (objects.nextValue() instanceof ObjectNode object) {
          sample.records++;
          sample.add("", object);
        }
      }
    } catch (JsonProcessingException e) {
      // The end of the sample.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sample.records == 0 ? null : sample.finish();
  }

  private void add(String prefix, ObjectNode object) {
    for (var entry : object.properties()) {
      var path = prefix + Mapping.pathStep(entry.getKey());
      var value = entry.getValue();
      if (value instanceof ObjectNode nested) {
        add(path + ".", nested);
      } else if (paths.containsKey(path) || paths.size() < MOST_PATHS) {
        var values = paths.computeIfAbsent(path, any -> new ArrayList<>());
        if (value.isArray()) {
          paths.put(path, null);
        } else if (values != null && !value.isNull() && !value.asText().isBlank()) {
          values.add(value.asText());
        }
      }
    }
  }

  private Sample finish() {
    var columns = new ArrayList<Column>();
    paths.forEach(
        (path, values) ->
            columns.add(
                values == null
                    ? new Column(path, Type.OTHER, List.of())
                    : new Column(path, Type.ANY, List.copyOf(values))));
    return new Sample("json", null, true, records, List.copyOf(columns));
  }
}
