package org.clickmill.jobs.metrics;

import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.yaml.YamlText;

/**
 * The text of a metric's file.
 *
 * @param origin what messages call it: its path
 */
public record MetricText(String origin, String yaml) implements YamlText {
  @Override
  public String what() {
    return "metric";
  }

  /**
   * The name of the metric that it declares.
   *
   * @throws ClickmillException of kind usage if it is no metric
   */
  public String name() {
    return MetricYaml.read(this).name().text();
  }
}
