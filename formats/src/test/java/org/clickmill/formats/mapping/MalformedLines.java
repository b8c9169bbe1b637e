package org.clickmill.formats.mapping;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lines of text in which one field at a time is none that it should be. */
final class MalformedLines {
  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "abc",
          "view",
          "1",
          "1.5",
          "-7",
          "1e999999999",
          "1e5",
          "NaN",
          "Infinity",
          "0x1F",
          "1,5",
          "12345678901234567890",
          "99999999999999999999999999999",
          "1.23456",
          "--1",
          "1.2.3",
          "2019-13-45",
          "2019-02-30 00:00:00",
          "2019-10-01 25:00:00",
          "9999999-01-01",
          "today",
          "2019-10-01T00:00:00+99:99",
          "\u0663",
          "\uD83D\uDE00",
          "null",
          "{}",
          "[1]",
          "\\u0000");

  static final List<String> NAMES = List.of("t", "e", "p", "q", "u", "b");

  private MalformedLines() {}

  static byte[] csv(Random random) {
    var text = new StringBuilder("t,e,p,q,u,b\n");
    for (var value : TEXTS) {
      for (int column = 0; column < NAMES.size(); column++) {
        var row = good();
        row.set(column, value.isEmpty() ? "" : '"' + value + '"');
        text.append(String.join(",", row)).append('\n');
      }
    }
    text.append("1,view,a\"b,1,1,b\n\"1,view\n1,\"view\"x,1,1,1,b\n1,2\n");
    text.append("x".repeat(1_100_000)).append('\n');
    return damaged(text, random);
  }

  static byte[] whitespace(Random random) {
    var text = new StringBuilder();
    for (var value : TEXTS) {
      for (int column = 0; column < NAMES.size(); column++) {
        var row = good();
        row.set(column, value);
        text.append(String.join(" ", row)).append('\n');
      }
    }
    return damaged(text, random);
  }

  static byte[] json(Random random) {
    var text = new StringBuilder();
    for (var value : TEXTS) {
      for (var form : List.of(value, '"' + value + '"', "[" + value + "]", "{\"x\":\"y\"}")) {
        for (int column = 0; column < NAMES.size(); column++) {
          var members = new ArrayList<String>();
          for (int i = 0; i < NAMES.size(); i++) {
            members.add(
                '"' + NAMES.get(i) + "\":" + (i == column ? form : '"' + good().get(i) + '"'));
          }
          text.append('{').append(String.join(",", members)).append("}\n");
        }
      }
    }
    text.append("{\"x\":".repeat(5_000)).append('\n');
    text.append("{\"t\":").append("1".repeat(5_000)).append("}\n");
    text.append("{\"e\":\"\\ud800\"}\n{\"t\":1,\"t\":2}\n{} {}\n{\"e\":\"\\q\"}\n");
    text.append("{'t':1}\n{\"t\"\n");
    return damaged(text, random);
  }

  /** The lines, and each of them again with a byte changed, cut or with a part repeated. */
  private static byte[] damaged(StringBuilder text, Random random) {
    var lines = new String(text.toString().getBytes(UTF_8), ISO_8859_1);
    var all = new StringBuilder(lines);
    for (var line : lines.split("\n", -1)) {
      if (line.isEmpty() || line.length() > 10_000) {
        continue;
      }
      var changed = new StringBuilder(line);
      int place = random.nextInt(line.length());
      switch (random.nextInt(3)) {
        case 0 -> changed.setCharAt(place, (char) random.nextInt(256));
        case 1 -> changed.setLength(place);
        default -> changed.insert(place, line.substring(random.nextInt(line.length())));
      }
      all.append(changed).append('\n');
    }
    return all.toString().getBytes(ISO_8859_1);
  }

  /** The fields of a record that is an event. */
  static ArrayList<String> good() {
    return new ArrayList<>(List.of("2019-10-01", "view", "1", "1", "1", "b"));
  }
}
