package org.clickmill.jobs.customers;

import java.io.IOException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.KeyPart;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/** Brings together when a visitor was seen as a user. */
final class IdentitiesMerge implements Merge {
  private static final TableSchema SCHEMA = Identities.SCHEMA;
  private static final int VISITOR_ID = SCHEMA.ordinal("visitor_id");
  private static final int USER_ID = SCHEMA.ordinal("user_id");
  private static final int FIRST_TIME = SCHEMA.ordinal("first_time");
  private static final int LAST_TIME = SCHEMA.ordinal("last_time");
  private static final int SESSIONS = SCHEMA.ordinal("sessions");

  private final ByteWriter visitor = new ByteWriter();

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long sessions = 0;
    while (partials.next()) {
      var partial = partials.value();
      first = Math.min(first, partial.readSigned());
      last = Math.max(last, partial.readSigned());
      sessions = Math.addExact(sessions, partial.readUnsigned());
    }
    KeyPart.read(key, visitor.clear());
    var row = output.row();
    row.setText(VISITOR_ID, visitor.bytes(), 0, visitor.length());
    row.setText(USER_ID, key.bytes(), key.position(), key.remaining());
    row.setLong(FIRST_TIME, first);
    row.setLong(LAST_TIME, last);
    row.setLong(SESSIONS, sessions);
    output.write();
  }
}
