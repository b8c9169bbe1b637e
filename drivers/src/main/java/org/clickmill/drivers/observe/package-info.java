/**
 * What runs tell others: metrics in the text format of Prometheus, and lineage as events of
 * OpenLineage.
 *
 * <p>An {@link org.clickmill.drivers.observe.ObservedRun} accompanies a command that runs
 * something. It is told of each partition that is published, by its manifest, of the steps of a
 * pipeline, and by the command of what comes from outside or goes there: files, topics, the report.
 * When the run ends it sends events and writes metrics. Whatever goes wrong there is a warning:
 * what the run has published is there.
 *
 * <p>Names of metrics are stable; {@link org.clickmill.drivers.observe.Metric} lists them. Neither
 * metrics nor events hold anything of Kafka's client properties or of an address' user and
 * password.
 */
package org.clickmill.drivers.observe;
