package org.clickmill.formats.mapping;

/**
 * A column or path that a mapping reads.
 *
 * @param isOptional whether the source may lack it
 * @param use what it is for, such as "mapped to price"
 */
record SourceColumn(SourcePath path, boolean isOptional, String use) {
  /** The name of the column, or of the field of the record, that the path begins with. */
  String name() {
    return ((SourcePath.Name) path.steps().get(0)).name();
  }
}
