/**
 * The process that Spark SQL is measured in. It has Spark on its class path and nothing of ours.
 */
package org.clickmill.benchmarks.spark;
