package org.clickmill.drivers.observe;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Values of metrics, in the text format of Prometheus. */
public final class Samples {
  private static final int MILLIS_SCALE = 3;

  private final Map<Metric, List<String>> lines = new EnumMap<>(Metric.class);

  /**
   * Adds a value.
   *
   * @param labels values of the metric's labels, in their order
   */
  void add(Metric metric, long value, Object... labels) {
    line(metric, Long.toString(value), labels);
  }

  void add(Metric metric, double value, Object... labels) {
    line(metric, Double.toString(value), labels);
  }

  /** Adds a time, as seconds since the epoch; nothing where it is null. */
  void add(Metric metric, Instant time, Object... labels) {
    if (time != null) {
      line(metric, BigDecimal.valueOf(time.toEpochMilli(), MILLIS_SCALE).toPlainString(), labels);
    }
  }

  private void line(Metric metric, String value, Object... labels) {
    if (labels.length != metric.labels().size()) {
      throw new IllegalArgumentException(metric + " has the labels " + metric.labels());
    }
    var text = new StringBuilder(metric.metricName());
    for (int i = 0; i < labels.length; i++) {
      text.append(i == 0 ? '{' : ',').append(label(metric.labels().get(i), labels[i]));
    }
    text.append(labels.length == 0 ? " " : "} ").append(value);
    addLine(metric, text.toString());
  }

  /** A label as it stands in a line. */
  static String label(String name, Object value) {
    var escaped = value.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + escaped + "\"";
  }

  /** Takes a line as it is. */
  void addLine(Metric metric, String line) {
    lines.computeIfAbsent(metric, any -> new ArrayList<>()).add(line);
  }

  boolean has(Metric metric) {
    return lines.containsKey(metric);
  }

  /** The lines of a metric, none where it has no value. */
  List<String> lines(Metric metric) {
    return lines.getOrDefault(metric, List.of());
  }

  /** Those of one scope. */
  Samples of(Metric.Scope scope) {
    var some = new Samples();
    lines.forEach(
        (metric, values) -> {
          if (metric.scope() == scope) {
            values.forEach(line -> some.addLine(metric, line));
          }
        });
    return some;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** All of them, with what Prometheus is to know of each metric. */
  public String text() {
    var text = new StringBuilder();
    lines.forEach(
        (metric, values) -> {
          var name = metric.metricName();
          text.append("# HELP ").append(name).append(' ').append(metric.help()).append('\n');
          text.append("# TYPE ").append(name).append(' ').append(metric.typeName()).append('\n');
          values.forEach(line -> text.append(line).append('\n'));
        });
    return text.toString();
  }
}
