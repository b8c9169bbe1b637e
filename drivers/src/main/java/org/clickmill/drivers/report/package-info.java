/**
 * The report: {@code report.json}, the figures of a range of days as plain tables, and one HTML
 * page that holds it and draws it, and needs no network.
 *
 * <p>{@link org.clickmill.drivers.report.ReportReader} reads what {@link
 * org.clickmill.drivers.report.Source} declares, and the parts that are counted rather than copied,
 * into a {@link org.clickmill.drivers.report.Report}. Everything that varies with the reader of the
 * page (range, comparison, order, drawing) is left to the page's script; everything that needs the
 * warehouse is done here, in memory that does not grow with products, customers or campaigns: of
 * what strangers can multiply, the report has the greatest and a row of all others.
 *
 * <p>No column that the catalogue marks as personal is read, with one exception that {@link
 * org.clickmill.drivers.report.QualityTables} explains.
 *
 * <p>The page's template, style and script are resources of this package.
 */
package org.clickmill.drivers.report;
