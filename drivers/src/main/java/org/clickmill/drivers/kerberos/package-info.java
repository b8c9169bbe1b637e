/**
 * Clusters that use Kerberos. {@link org.clickmill.drivers.kerberos.KerberosLogin} logs a command
 * in before it touches a file system, by a keytab or by the ticket that is there, and {@link
 * org.clickmill.drivers.kerberos.SecurityFailure} says in one line what a cluster refuses. The
 * tokens of tasks, which have no ticket, are the jobs' own business.
 */
package org.clickmill.drivers.kerberos;
