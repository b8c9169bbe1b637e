/** Tests of the loader, those with a broker against a real one. */
package org.clickmill.jobs.load;
