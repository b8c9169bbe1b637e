package org.clickmill.jobs.interactions;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * Counts the events of each user and product by type. The rows of a visitor stand together, so one
 * user is counted at a time. If the day is clustered by user, that is all there is of the user and
 * becomes rows at once; else a user may also have been another visitor, and it is shuffled.
 */
final class InteractionsDaysFold implements Fold {
  private static final EventType[] TYPES = EventType.values();
  private static final byte SKIPPED = -1;

  private final FoldContext context;
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter partial = new ByteWriter();
  private UserProducts user = new UserProducts();
  private int[] productTranslation = new int[0];
  private Partition partition;
  private LocalDate day;
  private boolean isClusteredByUser;

  /** Whether some of the user's events have been shuffled, so that the others must follow. */
  private boolean isShuffled;

  private long finished;

  InteractionsDaysFold(FoldContext context) {
    this.context = context;
  }

  @Override
  public List<String> columns() {
    return List.of("event_type", "user_id", "product_id");
  }

  @Override
  public Set<String> eventTypes() {
    return Arrays.stream(TYPES).map(EventType::text).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public long fold(ColumnBatch batch) throws IOException {
    if (!batch.partition().equals(partition)) {
      partition = batch.partition();
      day = partition.day();
      isClusteredByUser = context.isClusteredByUser(partition);
    }
    byte[] types = types(batch.strings("event_type"));
    int[] typeIds = batch.strings("event_type").ids();
    var users = batch.strings("user_id");
    var products = batch.strings("product_id");
    productTranslation = TextDictionary.translation(products, productTranslation);
    int currentId = StringColumn.NULL;
    int folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      byte type = types[typeIds[row]];
      int userId = users.ids()[row];
      int productId = products.ids()[row];
      if (type == SKIPPED || userId == StringColumn.NULL || productId == StringColumn.NULL) {
        continue;
      }
      if (userId != currentId) {
        begin(users, userId);
        currentId = userId;
      }
      if (productTranslation[productId] == TextDictionary.UNKNOWN) {
        productTranslation[productId] = user.ordinal(products, productId);
      }
      user.add(productTranslation[productId], type);
      folded++;
    }
    return folded;
  }

  private void begin(StringColumn users, int id) throws IOException {
    if (!user.isOf(users, id)) {
      end(context.emitter());
      user.begin(users, id);
    }
  }

  /** Ends the user at hand. */
  private void end(Emitter emitter) throws IOException {
    if (isClusteredByUser && !isShuffled) {
      write();
    } else {
      shuffle(emitter);
    }
    isShuffled = false;
  }

  private void write() throws IOException {
    if (user.size() == 0) {
      return;
    }
    var sink = context.rows(InteractionsDays.DATASET, day);
    for (int slot = 0; slot < user.size(); slot++) {
      user.fill(sink.row(), slot);
      sink.write();
      finished += user.events(slot);
    }
    user.clear();
  }

  private void shuffle(Emitter emitter) {
    for (int slot = 0; slot < user.size(); slot++) {
      user.putKey(slot, key.clear());
      user.putCounts(slot, partial.clear());
      emitter.emit(InteractionsDays.DATASET, key, partial, user.events(slot));
    }
    user.clear();
  }

  @Override
  public long memoryBytes() {
    return user.memoryBytes();
  }

  @Override
  public void flush(Emitter emitter) throws IOException {
    end(emitter);
    finish(emitter);
  }

  /** The user at hand may have more events to come, so what there is so far is shuffled. */
  @Override
  public boolean spill(Emitter emitter) {
    shuffle(emitter);
    isShuffled = true;
    finish(emitter);
    user = user.emptied();
    return false;
  }

  private void finish(Emitter emitter) {
    emitter.finished(InteractionsDays.DATASET, day, finished);
    finished = 0;
  }

  /** By dictionary id, the ordinal of the type. */
  private static byte[] types(StringColumn column) {
    var types = new byte[column.dictionarySize()];
    Arrays.fill(types, SKIPPED);
    for (int id = 0; id < types.length; id++) {
      for (var type : TYPES) {
        if (type.matches(column.bytes(), column.offset(id), column.length(id))) {
          types[id] = (byte) type.ordinal();
        }
      }
    }
    return types;
  }
}
