/** Tests of the files that Oozie reads, without a server. */
package org.clickmill.oozie;
