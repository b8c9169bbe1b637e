/** Processes of Java that tests and trials start for what must have a class path of its own. */
package org.clickmill.testdata.process;
