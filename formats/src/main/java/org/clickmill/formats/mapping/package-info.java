/**
 * Reading anything else: files that others wrote (CSV, white-space separated text, JSON lines,
 * foreign Avro and Parquet, packed text) become events.
 *
 * <p>A {@link org.clickmill.formats.mapping.Mapping} is a YAML file that says which column or path
 * feeds which field of an event; a few ship with the suite. A {@link
 * org.clickmill.formats.mapping.SourceReader} goes through one file record by record and makes of
 * each an event or a reject that says what is wrong and where. Where a mapping has conditions, or
 * goes into arrays or texts of JSON, a record is taken as a tree of {@link
 * org.clickmill.formats.mapping.SourceNode}s, of which {@link
 * org.clickmill.formats.mapping.RecordEvents} makes none, one or several events. A file that is
 * damaged as a whole ends in one clear error that names it.
 */
package org.clickmill.formats.mapping;
