package org.clickmill.jobs.push;

/**
 * What a push did.
 *
 * @param table the table
 * @param topic the topic
 * @param pushed partitions that were pushed
 * @param fresh partitions whose version the topic had already
 * @param rows records with a row
 * @param tombstones records that delete a key
 * @param unchanged rows that the topic had already
 * @param bytes of keys and values, before compression
 * @param seconds it took
 */
public record PushOutcome(
    String table,
    String topic,
    int pushed,
    int fresh,
    long rows,
    long tombstones,
    long unchanged,
    long bytes,
    double seconds) {}
