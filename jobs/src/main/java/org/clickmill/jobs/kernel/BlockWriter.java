package org.clickmill.jobs.kernel;

import java.io.IOException;

/** Packs rows into blocks, by groups of days; {@link BlocksFold} unpacks them. */
final class BlockWriter implements SlideMerge.Target {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final int ENTRIES = SlidingAnalysis.BLOCKS.ordinal("entries");
  private static final int BLOCK = SlidingAnalysis.BLOCKS.ordinal("block");

  private final Table table;
  private final RequestedDays days;
  private final MergeContext context;
  private final Block[] blocks;
  private final ByteWriter key = new ByteWriter();

  /** The rows of a group that are not written yet. */
  private static final class Block {
    private final ByteWriter bytes = new ByteWriter();
    private int entries;
  }

  BlockWriter(Table table, RequestedDays days, MergeContext context) {
    this.table = table;
    this.days = days;
    this.context = context;
    blocks = new Block[days.groups()];
    for (int group = 0; group < blocks.length; group++) {
      blocks[group] = new Block();
    }
  }

  @Override
  public void add(int day, ByteWriter order, ByteWriter value) throws IOException {
    int group = days.groupOf(day);
    var block = blocks[group];
    WindowRowsMerge.putKey(key.clear(), days.placeInGroup(day), order);
    block.bytes.putText(key.bytes(), 0, key.length()).putText(value.bytes(), 0, value.length());
    block.entries++;
    if (block.bytes.length() >= BLOCK_BYTES) {
      write(group);
    }
  }

  @Override
  public void end(RowSink output) throws IOException {
    for (int group = 0; group < blocks.length; group++) {
      if (blocks[group].entries > 0) {
        write(group);
      }
    }
  }

  private void write(int group) throws IOException {
    var block = blocks[group];
    var sink = context.rows(table.dataset(), days.start(group));
    var row = sink.row();
    row.setLong(ENTRIES, block.entries);
    row.setText(BLOCK, block.bytes.bytes(), 0, block.bytes.length());
    sink.write();
    block.bytes.clear();
    block.entries = 0;
  }
}
