/**
 * How tables are registered in a Hive metastore, so that Hive, Spark and Trino find each partition
 * as soon as it is published.
 *
 * <p>The warehouse decides and the metastore follows: {@link
 * org.clickmill.drivers.metastore.TableRegistration} compares a table's definition and some
 * partitions' manifests with what is registered, and writes the difference. {@link
 * org.clickmill.drivers.metastore.Registrar} does that for the partitions that publishers have
 * noted ({@link org.clickmill.formats.warehouse.Registrations}), or for everything. Registering
 * again changes nothing, so a run that fails to register leaves the rest to the next.
 *
 * <p>{@link org.clickmill.drivers.metastore.MetastoreClient} loads the client, which is not in the
 * job jar.
 */
package org.clickmill.drivers.metastore;
