/**
 * What an event is. {@code Event} is generated from {@code event.avsc}, the contract of the whole
 * suite; {@link org.clickmill.formats.event.EventKey} gives events their one order; {@link
 * org.clickmill.formats.event.VisitorHash} and {@link org.clickmill.formats.event.ClusterKey} say
 * how the events of a day are clustered by visitor; {@link org.clickmill.formats.event.Money} and
 * {@link org.clickmill.formats.event.Fingerprint} say what an amount and a set of rows are. {@link
 * org.clickmill.formats.event.Swar} looks quickly through the bytes of their texts.
 */
package org.clickmill.formats.event;
