package org.clickmill.formats.guess;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clickmill.formats.guess.Sample.Column;

/**
 * The event types in a column.
 *
 * @param replaced values that are near to a type of ours, and that type
 * @param kept other values, which the analyses do not know
 */
record EventTypes(SortedMap<String, String> replaced, List<String> kept) {
  private static final int MOST_TYPES = 50;
  private static final Map<String, String> NEAR = new HashMap<>();

  static {
    put(
        "view",
        "view pageview viewitem viewproduct viewcontent itemview productview productviewed"
            + " productdetail detail detailview pdpview pv");
    put(
        "cart",
        "cart addtocart addcart cartadd atc productadded addtobasket basket itemadded addproduct");
    put(
        "remove_from_cart",
        "removefromcart cartremove removecart productremoved removefrombasket itemremoved");
    put(
        "purchase",
        "purchase purchased buy bought order ordered transaction ordercompleted orderplaced"
            + " checkoutcompleted completepurchase sale");
    put("return", "return returned refund refunded orderrefunded");
  }

  private static void put(String type, String names) {
    for (var name : names.split(" ", -1)) {
      NEAR.put(name, type);
    }
  }

  /** The types in a column, or null if it has too many values to hold types. */
  static EventTypes of(Column column) {
    var distinct = column.distinct();
    if (distinct.isEmpty() || distinct.size() > MOST_TYPES) {
      return null;
    }
    var replaced = new TreeMap<String, String>();
    var kept = new ArrayList<String>();
    for (var value : distinct) {
      var type = near(value);
      if (type == null) {
        kept.add(value);
      } else if (!type.equals(value)) {
        replaced.put(value, type);
      }
    }
    return new EventTypes(replaced, List.copyOf(kept));
  }

  /** Whether most values of a column are near to types of ours. */
  static boolean areIn(Column column) {
    long near = column.values().stream().filter(value -> near(value) != null).count();
    return column.distinct().size() <= MOST_TYPES && 2 * near > column.values().size();
  }

  private static String near(String value) {
    return NEAR.get(FieldNames.plain(value));
  }
}
