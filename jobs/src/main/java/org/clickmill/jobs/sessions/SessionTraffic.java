package org.clickmill.jobs.sessions;

import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * Where the visitor of a session came from: what the session's first event says that has a source
 * or campaign; if none has, its first event. All four are of that one event.
 */
final class SessionTraffic {
  private static final TableSchema SCHEMA = Sessions.SESSIONS_SCHEMA;
  private static final int TRAFFIC_SOURCE = SCHEMA.ordinal("traffic_source");
  private static final int CAMPAIGN = SCHEMA.ordinal("campaign");
  private static final int DEVICE = SCHEMA.ordinal("device");
  private static final int COUNTRY = SCHEMA.ordinal("country");

  /** References to strings of the session. */
  private int source;

  private int campaign;
  private int device;
  private int country;

  /** Begins a session. */
  void clear() {
    source = SessionStrings.NULL;
    campaign = SessionStrings.NULL;
    device = SessionStrings.NULL;
    country = SessionStrings.NULL;
  }

  void add(EventColumns columns, int row, boolean isFirst, SessionStrings strings) {
    boolean isUnknown = source == SessionStrings.NULL && campaign == SessionStrings.NULL;
    if (isFirst || isUnknown && columns.hasTraffic(row)) {
      source = strings.reference(columns.trafficSources, row);
      campaign = strings.reference(columns.campaigns, row);
      device = strings.reference(columns.devices, row);
      country = strings.reference(columns.countries, row);
    }
  }

  /** Has the strings outlast the batch. */
  void renew(EventColumns columns, SessionStrings strings) {
    source = strings.renewed(columns.trafficSources, source);
    campaign = strings.renewed(columns.campaigns, campaign);
    device = strings.renewed(columns.devices, device);
    country = strings.renewed(columns.countries, country);
  }

  void write(EventColumns columns, SessionStrings strings, ByteWriter target) {
    strings.put(target, columns.trafficSources, source);
    strings.put(target, columns.campaigns, campaign);
    strings.put(target, columns.devices, device);
    strings.put(target, columns.countries, country);
  }

  /** Reads what {@link #write} wrote. */
  void read(ByteReader state, SessionStrings strings) {
    source = strings.read(state);
    campaign = strings.read(state);
    device = strings.read(state);
    country = strings.read(state);
  }

  /** Sets the columns of a row of sessions. */
  void set(Row row, EventColumns columns, SessionStrings strings) {
    strings.set(row, TRAFFIC_SOURCE, columns.trafficSources, source);
    strings.set(row, CAMPAIGN, columns.campaigns, campaign);
    strings.set(row, DEVICE, columns.devices, device);
    strings.set(row, COUNTRY, columns.countries, country);
  }
}
