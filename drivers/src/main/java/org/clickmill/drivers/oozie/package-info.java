/**
 * Commands as actions of Oozie. {@link org.clickmill.drivers.oozie.OozieAction} is the main class
 * of every java action: its arguments are a command line, which the same parser reads as that of
 * {@code hadoop jar}. It hands the command what the launcher has of the action, namely the
 * configuration, the delegation tokens and the tag of its jobs, and Oozie what the command found
 * out: the figures of its result as properties, and its exit code as the error code.
 *
 * <p>Oozie keeps nothing else of an action that fails. Its reason therefore goes into a file of the
 * warehouse's {@link org.clickmill.drivers.oozie.OozieFolder}, from which {@link
 * org.clickmill.drivers.oozie.Notification}, an action of its own, tells people. A success of the
 * action, after a retry or a rerun, takes the file away.
 *
 * <p>YARN starts a launcher again when its node is lost, while the jobs of the first may still run.
 * That is safe, because a command publishes nothing before its end and then all or nothing, and
 * makes the second find what the first has finished. Jobs carry the tag by which Oozie kills them.
 */
package org.clickmill.drivers.oozie;
