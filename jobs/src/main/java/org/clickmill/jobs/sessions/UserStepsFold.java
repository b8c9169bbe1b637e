package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.sessions.EventColumns.Strings;

/**
 * Writes what each visitor of a day has for each funnel. All events of a visitor stand together in
 * content order. Events without visitor are left out.
 */
final class UserStepsFold implements Fold {
  private static final TableSchema SCHEMA = UserSteps.SCHEMA;
  private static final int FUNNEL = SCHEMA.ordinal("funnel");
  private static final int VISITOR = SCHEMA.ordinal("visitor");
  private static final int EVENTS = SCHEMA.ordinal("events");

  private final FoldContext context;
  private final List<FunnelDefinition> definitions;
  private final List<FunnelMatcher> matchers;
  private final List<StepEvents> events;
  private final EventColumns columns = new EventColumns();
  private final Visitor visitor = new Visitor();
  private final ByteWriter name = new ByteWriter();
  private LocalDate day;
  private long folded;

  /**
   * @param mostEvents of a visitor, day and funnel that are remembered
   */
  UserStepsFold(FoldContext context, List<FunnelDefinition> definitions, int mostEvents) {
    this.context = context;
    this.definitions = definitions;
    matchers = definitions.stream().map(FunnelMatcher::new).toList();
    events =
        definitions.stream().map(definition -> new StepEvents(definition, mostEvents)).toList();
  }

  @Override
  public List<String> columns() {
    return EventColumns.NAMES;
  }

  @Override
  public Set<String> eventTypes() {
    return Arrays.stream(EventType.values())
        .map(EventType::text)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public long fold(ColumnBatch batch) throws IOException {
    day = batch.partition().day();
    long dayStart = day.toEpochDay() * SessionRules.DAY;
    columns.begin(batch);
    matchers.forEach(matcher -> matcher.begin(columns));
    long known = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (columns.type(row) == KnownType.UNKNOWN) {
        continue;
      }
      known++;
      if (isOfVisitor(row)) {
        for (int i = 0; i < definitions.size(); i++) {
          int mask = matchers.get(i).mask(columns, row);
          events.get(i).add(columns.times[row] - dayStart, mask);
        }
      }
    }
    visitor.keep();
    folded += known;
    return known;
  }

  /** Whether a row has a visitor; one who is not the last is begun with. */
  private boolean isOfVisitor(int row) throws IOException {
    return isOf(VisitorHash.VISITOR_ID, columns.visitorIds, row)
        || isOf(VisitorHash.USER_ID, columns.users, row)
        || isOf(VisitorHash.USER_SESSION, columns.sessions, row);
  }

  private boolean isOf(byte kind, Strings column, int row) throws IOException {
    int id = column.ids[row];
    if (id == StringColumn.NULL) {
      return false;
    }
    if (!visitor.is(kind, column.bytes, column.offsets[id], column.length(id))) {
      endVisitor();
      visitor.set(kind, column.bytes, column.offsets[id], column.length(id));
    }
    return true;
  }

  private void endVisitor() throws IOException {
    RowSink sink = null;
    for (int i = 0; i < definitions.size(); i++) {
      var ofFunnel = events.get(i);
      if (ofFunnel.hasStep()) {
        if (sink == null) {
          sink = context.rows(UserSteps.DATASET, day);
          visitor.putName(name.clear());
        }
        var row = sink.row();
        row.setText(FUNNEL, definitions.get(i).name());
        row.setText(VISITOR, name.bytes(), 0, name.length());
        row.setText(EVENTS, ofFunnel.bytes().bytes(), 0, ofFunnel.bytes().length());
        sink.write();
      }
      ofFunnel.clear();
    }
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  /** The visitor in hand may go on. */
  @Override
  public boolean spill(Emitter emitter) {
    for (var start : emitter.starts(UserSteps.DATASET)) {
      emitter.finished(UserSteps.DATASET, start, folded);
    }
    folded = 0;
    return visitor.kind != VisitorHash.NONE;
  }

  @Override
  public void flush(Emitter emitter) throws IOException {
    endVisitor();
    spill(emitter);
    visitor.set(VisitorHash.NONE, visitor.bytes, 0, 0);
  }
}
