/**
 * The processes that Spark is measured in: scripts of SQL, a topic loaded by Structured Streaming,
 * and recommendations. They have Spark on their class path and nothing of ours.
 */
package org.clickmill.benchmarks.spark;
