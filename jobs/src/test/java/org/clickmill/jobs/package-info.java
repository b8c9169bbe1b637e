/** Whole jobs on Hadoop's local runner, compared with what DuckDB answers over the same files. */
package org.clickmill.jobs;
