/**
 * The loops that a scan spends its time in, each by itself, measured by JMH: reading columns beside
 * parquet-java's own column reader, decoding CSV, JSON and Avro beside libraries, and writing a
 * table. They tell whether a change to such a loop is one; only {@code benchmarks/run} tells
 * whether it matters.
 */
package org.clickmill.benchmarks.kernels;
