/** Tests of the live tables' parts; the whole is tested with the pipeline. */
package org.clickmill.jobs.live;
