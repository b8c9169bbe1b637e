package org.clickmill.benchmarks;

import java.util.List;

/** What files of events are, before they are imported. */
enum Form {
  CSV("CSV", "rees46", "path/events", "--format", "csv"),
  GZIP("gzip", "rees46", "path/events", "--format", "csv", "--gzip"),
  JSON("JSON lines", "rees46", "import/json", "--format", "json"),
  AVRO("Avro", "clickmill", null, "--format", "avro"),
  PARQUET("Parquet", "clickmill", "import/parquet", "--format", "parquet");

  private final String label;
  private final String mapping;
  private final String script;
  private final List<String> options;

  Form(String label, String mapping, String script, String... options) {
    this.label = label;
    this.mapping = mapping;
    this.script = script;
    this.options = List.of(options);
  }

  /** How it is called in results. */
  String label() {
    return label;
  }

  /** Clickmill's mapping for it. */
  String mapping() {
    return mapping;
  }

  /** What {@code clickmill generate} makes it by. */
  List<String> options() {
    return options;
  }

  /** What engines read instead, which do not know this form without an extension. */
  Form ofEngines() {
    return script == null ? CSV : this;
  }

  /** The engines' script for {@link #ofEngines}. */
  String script() {
    return script == null ? CSV.script : script;
  }
}
