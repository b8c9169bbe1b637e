package org.clickmill.formats.guess;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.clickmill.formats.event.Event;

/** What others call the fields of an event. */
final class FieldNames {
  /** By field, the likeliest first; without case, underscores and the like. */
  private static final Map<String, List<String>> NAMES = new LinkedHashMap<>();

  static {
    put(
        "event_time",
        "eventtime eventtimestamp timestamp eventdatetime datetime occurredat happenedat"
            + " derivedtstamp collectortstamp originaltimestamp createdat servertime servertimestamp"
            + " clienttimestamp ts time tstamp invoicedate orderdate purchasedate transactiondate"
            + " eventdate date day at created receivedat sentat");
    put(
        "event_type",
        "eventtype eventname event action eventaction activitytype activity interactiontype"
            + " behavior behaviour behaviortype type");
    put(
        "product_id",
        "productid itemid sku productsku stockcode articleid productcode asin variantid contentid"
            + " product item article");
    put("category_id", "categoryid catid");
    put(
        "category_code",
        "categorycode categorypath category categoryname itemcategory productcategory");
    put("brand", "brand brandname itembrand manufacturer vendor");
    put("price", "price unitprice itemprice productprice saleprice");
    put("quantity", "quantity qty units itemquantity");
    put(
        "visitor_id",
        "visitorid anonymousid clientid userpseudoid fullvisitorid idvisitor domainuserid cookieid"
            + " deviceid");
    put("user_id", "userid customerid memberid buyerid accountid uid customer user");
    put("user_session", "usersession sessionid domainsessionid gasessionid visitid session");
    put(
        "order_id",
        "orderid transactionid invoiceno invoicenumber ordernumber orderno purchaseid receiptid"
            + " invoice order");
    put("event_id", "eventid messageid insertid hitid");
    put("traffic_source", "trafficsource utmsource");
    put("campaign", "campaign utmcampaign campaignname");
    put("device", "device devicetype devicecategory");
    put("country", "country countrycode geocountry");
    put("page_type", "pagetype");
  }

  private FieldNames() {}

  private static void put(String field, String names) {
    if (Event.getClassSchema().getField(field) != null) {
      NAMES.put(field, List.of(names.split(" ", -1)));
    }
  }

  /** The fields whose names are known. */
  static List<String> fields() {
    return List.copyOf(NAMES.keySet());
  }

  /**
   * How well a column's name fits a field.
   *
   * @return 0 for the field's own name, more the less likely, -1 if it does not fit; of a path the
   *     last step counts where the whole does not fit
   */
  static int rank(String field, String source) {
    var names = NAMES.get(field);
    int whole = names.indexOf(plain(source));
    if (whole >= 0) {
      return whole;
    }
    int last = names.indexOf(plain(source.substring(source.lastIndexOf('.') + 1)));
    return last < 0 ? -1 : names.size() + last;
  }

  /** Whether the name is known to be one of some field. */
  static boolean isKnown(String source) {
    return NAMES.keySet().stream().anyMatch(field -> rank(field, source) >= 0);
  }

  /** Lower case letters and digits alone. */
  static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
