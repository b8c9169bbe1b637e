package org.clickmill.jobs.customers;

import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/**
 * Goes through the days in order, and hashes each with the digest of the days before it. A day
 * without customers has the digest of the day before; before the first customer there is none.
 */
final class HistoryMerge implements Merge {
  // What a partial is.
  static final byte DIGEST = 0;
  static final byte SUM = 1;

  private static final Hasher128 HASHER = Hashing.murmur3_128();
  private static final int DIGEST_COLUMN = CustomerHistory.SCHEMA.ordinal("digest");

  private final MergeContext context;
  private final ByteWriter bytes = new ByteWriter();

  /** Null before the first day with customers. */
  private String digest;

  /** The first day that has no row yet; days before the first customer have none. */
  private LocalDate next;

  HistoryMerge(MergeContext context) {
    this.context = context;
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    var day = LocalDate.ofEpochDay(key.readOrdered());
    if (digest != null) {
      writeUntil(day);
    }
    long high = 0;
    long low = 0;
    while (partials.next()) {
      var partial = partials.value();
      if (partial.readByte() == DIGEST) {
        digest =
            new String(
                partial.bytes(), partial.position(), partial.remaining(), StandardCharsets.UTF_8);
        next = day.plusDays(1);
        return;
      }
      high += partial.readFixed();
      low += partial.readFixed();
    }
    bytes.clear().putText(digest == null ? "" : digest).putFixed(high).putFixed(low);
    var hash = HASHER.hashBytesTo128Bits(bytes.bytes(), 0, bytes.length());
    digest =
        HexFormat.of()
            .toHexDigits(hash.getMostSignificantBits())
            .concat(HexFormat.of().toHexDigits(hash.getLeastSignificantBits()));
    next = day;
    writeUntil(day.plusDays(1));
  }

  @Override
  public void end(RowSink output) throws IOException {
    while (digest != null && context.wants(CustomerHistory.DATASET, next)) {
      writeUntil(next.plusDays(1));
    }
    digest = null;
  }

  private void writeUntil(LocalDate end) throws IOException {
    for (; next.isBefore(end); next = next.plusDays(1)) {
      var sink = context.rows(CustomerHistory.DATASET, next);
      sink.row().setText(DIGEST_COLUMN, digest);
      sink.write();
    }
  }
}
