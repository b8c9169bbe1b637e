/**
 * The client of a Hive metastore, over Thrift. {@link org.clickmill.metastore.ThriftConnector} is
 * found by {@link java.util.ServiceLoader}; {@link org.clickmill.metastore.ThriftTables} translates
 * between the metastore's own records and those of {@link org.clickmill.formats.metastore}.
 *
 * <p>The jar has Thrift and the metastore's generated classes under other names, so that it gets on
 * with a class path that has Hive's.
 */
package org.clickmill.metastore;
