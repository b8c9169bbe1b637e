package org.clickmill.drivers.pipeline;

import org.clickmill.formats.config.ConfigKey;

/** The settings of pipelines. */
final class PipelineSettings {
  static final ConfigKey<Integer> SLICE_MB =
      ConfigKey.ofInt(
          "clickmill.pipeline.slice-mb",
          32_768,
          0,
          1_000_000_000,
          "Megabytes of events after which a pipeline over many days publishes what it has, before"
              + " it goes on with later days; at least four days' worth.");

  private PipelineSettings() {}
}
