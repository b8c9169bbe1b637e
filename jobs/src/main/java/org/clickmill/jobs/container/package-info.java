/**
 * One container for all small jobs of a run. On a cluster each job waits for an ApplicationMaster,
 * and mostly for containers besides; for a job that reads a few megabytes that is nearly all of its
 * time. So the first small job of a run starts a {@link
 * org.clickmill.jobs.container.SharedContainer}: a map-only job of one task, which takes one job
 * after the other from a folder and runs it by Hadoop's local job runner, in a Java that is warm
 * from the one before.
 *
 * <p>What goes through the folder: {@code 0.xml} is the configuration of a job, from the driver;
 * {@code 0.json} an {@link org.clickmill.jobs.container.Answer}, from the container; both appear by
 * a rename, so they are there as a whole or not at all. {@code closed} says that the container has
 * ended because nothing came: a job that came then is run by the next one. A job that fails here,
 * or whose container dies, is run again in containers of its own: nothing depends on the shared one
 * but time. Only the user may look into the folder, since a job's configuration is in it.
 */
package org.clickmill.jobs.container;
