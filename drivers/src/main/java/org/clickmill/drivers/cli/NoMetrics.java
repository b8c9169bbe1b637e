package org.clickmill.drivers.cli;

import org.apache.hadoop.metrics2.MetricsSink;
import org.apache.hadoop.metrics2.MetricsSource;
import org.apache.hadoop.metrics2.MetricsSystem;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.apache.hadoop.metrics2.lib.MetricsAnnotations;

/**
 * Hadoop's metrics for a process that ends with its command and has nobody who asks for them: they
 * are counted, and go nowhere. Hadoop's own read a configuration, start a timer and make the Java
 * management beans, before the first job.
 */
final class NoMetrics extends MetricsSystem {
  /** Takes the place of the metrics system of this process. */
  static void install() {
    DefaultMetricsSystem.setInstance(new NoMetrics());
  }

  @Override
  public MetricsSystem init(String prefix) {
    return this;
  }

  /** Makes the counters that the source's fields are annotated as, so that it can count. */
  @Override
  public <T> T register(String name, String description, T source) {
    if (!(source instanceof MetricsSource)) {
      MetricsAnnotations.newSourceBuilder(source);
    }
    return source;
  }

  @Override
  public void unregisterSource(String name) {}

  @Override
  public MetricsSource getSource(String name) {
    return null;
  }

  @Override
  public <T extends MetricsSink> T register(String name, String description, T sink) {
    return sink;
  }

  @Override
  public void register(Callback callback) {}

  @Override
  public void publishMetricsNow() {}

  @Override
  public boolean shutdown() {
    return true;
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}

  @Override
  public void startMetricsMBeans() {}

  @Override
  public void stopMetricsMBeans() {}

  @Override
  public String currentConfig() {
    return "";
  }
}
