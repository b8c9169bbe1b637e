package org.clickmill.metastore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Conditions on partitions in the language of the metastore's filters. */
final class PartitionFilter {
  private PartitionFilter() {}

  /**
   * The partitions that follow one: {@code dt > 'a' or (dt = 'a' and hr > 'b')}.
   *
   * @param name of the partition, such as {@code dt=2019-10-01/hr=07}
   * @throws IOException if the name has quotes of both kinds, for which filters have no words
   */
  static String after(String name) throws IOException {
    var keys = ThriftTables.keys(name);
    var values = ThriftTables.values(name);
    var alternatives = new ArrayList<String>();
    var equal = new ArrayList<String>();
    for (int i = 0; i < keys.size(); i++) {
      var literal = literal(values.get(i), name);
      var conditions = new ArrayList<>(equal);
      conditions.add(keys.get(i) + " > " + literal);
      alternatives.add("(" + String.join(" and ", conditions) + ")");
      equal.add(keys.get(i) + " = " + literal);
    }
    return String.join(" or ", alternatives);
  }

  private static String literal(String value, String name) throws IOException {
    for (var quote : List.of("'", "\"")) {
      if (!value.contains(quote) && !value.contains("\\")) {
        return quote + value + quote;
      }
    }
    throw new IOException(
        "partitions behind one that is called " + name + " cannot be asked for (drop it there)");
  }
}
