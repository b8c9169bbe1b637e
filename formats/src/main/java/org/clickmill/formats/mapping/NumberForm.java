package org.clickmill.formats.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How people of some country write a number.
 *
 * @param decimal what stands before the decimals: a point or a comma
 * @param thousands what parts groups of three digits; 0 for nothing
 * @param hasCurrency whether one currency sign or code may stand before or behind the number
 */
record NumberForm(char decimal, char thousands, boolean hasCurrency) {
  private static final int LONGEST = 100;

  /** A sign with at most two letters before it, as in US$, or a code. */
  private static final String CURRENCY = "([A-Z]{0,2}\\p{Sc}|[A-Z]{3})";

  private static final Pattern BEFORE =
      Pattern.compile("^([+-]?)\\h*" + CURRENCY + "\\h*([+-]?)\\h*(?=[0-9.,])");

  private static final Pattern BEHIND = Pattern.compile("(?<=[0-9])\\h*" + CURRENCY + "$");

  /** The number with a decimal point and nothing else, or null if it is not of this form. */
  byte[] plain(byte[] bytes, int offset, int length) {
    if (length > LONGEST) {
      return null;
    }
    var text = new String(bytes, offset, length, StandardCharsets.UTF_8).strip();
    if (hasCurrency) {
      text = withoutCurrency(text);
    }
    int point = text.indexOf(decimal);
    var whole = point < 0 ? text : text.substring(0, point);
    var decimals = point < 0 ? "" : text.substring(point + 1);
    whole = thousands == 0 ? whole : withoutThousands(whole);
    if (whole == null
        || !whole.matches("[+-]?[0-9]*")
        || !decimals.matches("[0-9]*")
        || (point >= 0 && decimals.isEmpty())) {
      return null;
    }
    return (point < 0 ? whole : whole + '.' + decimals).getBytes(StandardCharsets.US_ASCII);
  }

  /** The form in the words of a message. */
  String expected() {
    return "a number with decimal '"
        + decimal
        + "'"
        + (thousands == 0 ? "" : " and groups of three parted by '" + thousands + "'");
  }

  private static String withoutCurrency(String text) {
    Matcher before = BEFORE.matcher(text);
    if (before.find() && (before.group(1).isEmpty() || before.group(3).isEmpty())) {
      return isCurrency(before.group(2))
          ? before.group(1) + before.group(3) + text.substring(before.end())
          : text;
    }
    Matcher behind = BEHIND.matcher(text);
    return behind.find() && isCurrency(behind.group(1)) ? text.substring(0, behind.start()) : text;
  }

  private static boolean isCurrency(String text) {
    if (!text.matches("[A-Z]{3}")) {
      return true;
    }
    try {
      return Currency.getInstance(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The whole part without its separators; null if they do not part groups of three. */
  private String withoutThousands(String whole) {
    var even = thousands == ' ' ? whole.replace('\u00a0', ' ').replace('\u202f', ' ') : whole;
    if (even.indexOf(thousands) < 0) {
      return even;
    }
    var group = Pattern.quote(String.valueOf(thousands)) + "[0-9]{3}";
    return even.matches("[+-]?[0-9]{1,3}(" + group + ")+")
        ? even.replace(String.valueOf(thousands), "")
        : null;
  }
}
