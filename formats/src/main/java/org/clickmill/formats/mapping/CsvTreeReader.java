package org.clickmill.formats.mapping;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Reads comma-separated values for mappings with conditions, or that go into JSON in columns. */
final class CsvTreeReader extends CsvSourceReader {
  private final Map<String, Integer> indexes = new HashMap<>();

  CsvTreeReader(SourcePart part, Mapping mapping, Configuration configuration) throws IOException {
    super(part, mapping, configuration);
    var columns = several().namedColumns();
    for (int i = 0; i < columns.size(); i++) {
      indexes.put(columns.get(i).name(), i);
    }
  }

  @Override
  void fillFromLine(EventAssembler target, byte[] bytes, int start, int end)
      throws BadValueException {
    int count = split(bytes, start, end);
    several().begin(new Line(count));
  }

  /** The line that was split last. */
  private final class Line implements SourceNode.Branch {
    private final int count;

    Line(int count) {
      this.count = count;
    }

    @Override
    public SourceNode child(String name) throws BadValueException {
      return value(indexes.get(name), count);
    }
  }
}
