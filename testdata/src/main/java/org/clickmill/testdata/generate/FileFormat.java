package org.clickmill.testdata.generate;

/**
 * What a generated file looks like. CSV and JSON lines have the nine columns of the public files;
 * Avro and Parquet have the schema of {@link org.clickmill.formats.event.Event}. Imported, all four
 * give the same events.
 */
public enum FileFormat {
  CSV("csv"),
  JSON("json"),
  AVRO("avro"),
  PARQUET("parquet");

  private final String extension;

  FileFormat(String extension) {
    this.extension = extension;
  }

  /** The end of the files' names, without the dot. */
  public String extension() {
    return extension;
  }

  /** Whether files are lines of text, which alone can be compressed by gzip. */
  public boolean isText() {
    return this == CSV || this == JSON;
  }
}
