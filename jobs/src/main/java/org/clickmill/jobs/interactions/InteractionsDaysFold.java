package org.clickmill.jobs.interactions;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.TextDictionary;

/** Counts the events of each user and product by type. */
final class InteractionsDaysFold implements Fold {
  private static final EventType[] TYPES = EventType.values();
  private static final byte PASSED_OVER = -1;

  private final TextDictionary users = new TextDictionary();
  private final TextDictionary products = new TextDictionary();
  private final PairCounts counts = new PairCounts();
  private int[] userTranslation = new int[0];
  private int[] productTranslation = new int[0];

  @Override
  public List<String> columns() {
    return List.of("event_type", "user_id", "product_id");
  }

  @Override
  public Set<String> eventTypes() {
    return Arrays.stream(TYPES).map(EventType::text).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public long fold(ColumnBatch batch) {
    byte[] types = types(batch.strings("event_type"));
    int[] typeIds = batch.strings("event_type").ids();
    var user = batch.strings("user_id");
    var product = batch.strings("product_id");
    userTranslation = TextDictionary.translation(user, userTranslation);
    productTranslation = TextDictionary.translation(product, productTranslation);
    int folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      byte type = types[typeIds[row]];
      int userId = user.ids()[row];
      int productId = product.ids()[row];
      if (type == PASSED_OVER || userId == StringColumn.NULL || productId == StringColumn.NULL) {
        continue;
      }
      counts.add(
          ordinal(users, user, userId, userTranslation),
          ordinal(products, product, productId, productTranslation),
          type);
      folded++;
    }
    return folded;
  }

  @Override
  public long memoryBytes() {
    return users.memoryBytes() + products.memoryBytes() + counts.memoryBytes();
  }

  @Override
  public void flush(Emitter emitter) {
    counts.emit(users, products, emitter);
    counts.clear();
    users.clear();
    products.clear();
  }

  private static int ordinal(TextDictionary texts, StringColumn column, int id, int[] translation) {
    if (translation[id] == TextDictionary.UNKNOWN) {
      translation[id] = texts.ordinal(column, id);
    }
    return translation[id];
  }

  /** By dictionary id, the ordinal of the type. */
  private static byte[] types(StringColumn column) {
    var types = new byte[column.dictionarySize()];
    Arrays.fill(types, PASSED_OVER);
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
