package org.clickmill.drivers.observe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * A dataset that a run reads or writes, named as OpenLineage names them: those of other tools that
 * read or write it have the same name.
 *
 * @param namespace where it is: the file system, or the Kafka cluster
 * @param name which one it is there: the path, or the topic
 * @param facets what is known of it, by name
 * @param roleFacets what is known of it as an input, or as an output, of the run
 */
public record LineageDataset(
    String namespace,
    String name,
    SortedMap<String, ObjectNode> facets,
    SortedMap<String, ObjectNode> roleFacets) {
  private LineageDataset(String namespace, String name) {
    this(namespace, name, new TreeMap<>(), new TreeMap<>());
  }

  /**
   * A file or folder.
   *
   * @param path qualified with its file system
   */
  public static LineageDataset of(Path path) {
    return new LineageDataset(namespace(path), path.toUri().getPath());
  }

  /**
   * A topic.
   *
   * @param bootstrapServers the brokers' addresses, the first of which stands for the cluster
   */
  public static LineageDataset topic(String bootstrapServers, String topic) {
    var first = bootstrapServers.split(",", 2)[0].strip();
    return new LineageDataset("kafka://" + first, topic);
  }

  /** The file system of a path, without the user that an address may name. */
  private static String namespace(Path path) {
    var uri = path.toUri();
    var scheme = uri.getScheme() == null ? "file" : uri.getScheme().toLowerCase(Locale.ROOT);
    var authority = uri.getAuthority();
    if (scheme.equals("file") || authority == null) {
      return scheme;
    }
    return scheme + "://" + authority.substring(authority.lastIndexOf('@') + 1);
  }

  LineageDataset with(String facet, ObjectNode content) {
    facets.put(facet, content);
    return this;
  }

  LineageDataset withRole(String facet, ObjectNode content) {
    roleFacets.put(facet, content);
    return this;
  }

  /** The same as an output, with how much was written. */
  public LineageDataset written(long rows, long bytes) {
    var statistics = Facets.outputStatistics();
    statistics.put("rowCount", rows);
    statistics.put("size", bytes);
    return withRole("outputStatistics", statistics);
  }

  /** The same as an output of one file. */
  public LineageDataset writtenFile(long bytes) {
    var statistics = Facets.outputStatistics();
    statistics.put("size", bytes);
    statistics.put("fileCount", 1);
    return withRole("outputStatistics", statistics);
  }

  /** The same as an input, with how much was read. */
  public LineageDataset read(long rows) {
    var statistics = Facets.inputStatistics();
    statistics.put("rowCount", rows);
    return withRole("inputStatistics", statistics);
  }

  /** The same topic, with a range of offsets that was loaded. */
  public LineageDataset offsets(int partition, long start, long end) {
    var facet = facets.computeIfAbsent("clickmill_offsets", any -> Facets.ofDataset());
    var ranges = facet.withArray("ranges").addObject();
    ranges.put("partition", partition);
    ranges.put("start", start);
    ranges.put("end", end);
    return this;
  }
}
