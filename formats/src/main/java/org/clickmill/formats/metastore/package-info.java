/**
 * What the suite asks of a Hive metastore: a {@link org.clickmill.formats.metastore.Metastore}
 * holds the definitions of tables and partitions that Hive, Spark and Trino look up. Its client is
 * not in the job jar but in a jar beside it, which implements {@link
 * org.clickmill.formats.metastore.MetastoreConnector}; so nothing here names a class of Hive's.
 *
 * <p>Which partitions have still to be registered is kept in the warehouse ({@link
 * org.clickmill.formats.warehouse.Registrations}); what is registered, and how, is decided in the
 * drivers.
 */
package org.clickmill.formats.metastore;
