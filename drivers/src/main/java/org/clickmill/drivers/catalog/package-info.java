/**
 * The tables of the suite as those see them who query them. A {@link
 * org.clickmill.drivers.catalog.CatalogTable} joins what the schema beside an analysis says (rows,
 * key, columns, which are personal) with what the suite knows (partitions, inputs, settings). All
 * pages and statements are made from it, so that none can differ from the tables: the reference
 * page, the DDL of each {@link org.clickmill.drivers.catalog.Engine}, dbt's sources.
 */
package org.clickmill.drivers.catalog;
