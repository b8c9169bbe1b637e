/** Tests of pushing tables to Kafka, against a real broker. */
package org.clickmill.jobs.push;
