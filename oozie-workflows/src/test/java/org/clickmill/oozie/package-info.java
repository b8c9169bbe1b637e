/**
 * Tests of the files that Oozie reads. The rules that they keep are classes named {@code …Check},
 * which need no server and no cluster; the tests named {@code …IT} run the applications on a real
 * {@link org.clickmill.oozie.OozieServer} and a {@link org.clickmill.oozie.MiniCluster}, each a
 * process of its own.
 */
package org.clickmill.oozie;
