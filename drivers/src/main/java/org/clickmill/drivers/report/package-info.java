/**
 * The report: one HTML page with charts and tables of a range of days, that needs no network.
 * {@link org.clickmill.drivers.report.ReportReader} reads the warehouse's tables into a {@link
 * org.clickmill.drivers.report.Report}; {@link org.clickmill.drivers.report.ReportTables} and
 * {@link org.clickmill.drivers.report.Charts} say how its parts are shown; {@link
 * org.clickmill.drivers.report.ReportPage} fills the template, and {@link
 * org.clickmill.drivers.report.CsvTables} writes the same tables as files.
 *
 * <p>What a warehouse need not have is a {@link org.clickmill.drivers.report.Topic}: it is left out
 * without its table, and the page says which command makes it.
 *
 * <p>Template, style and script are resources of this package; Chart.js draws.
 */
package org.clickmill.drivers.report;
