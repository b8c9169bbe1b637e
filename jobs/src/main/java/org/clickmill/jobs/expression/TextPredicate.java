package org.clickmill.jobs.expression;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.clickmill.jobs.expression.Syntax.Operator;
import org.clickmill.jobs.expression.TypedExpression.Constant;

/** Something that a text is or is not, found out once for each entry of its dictionary. */
final class TextPredicate extends NumberEvaluator {
  private static final byte UNKNOWN = 2;

  private final TextEvaluator operand;
  private final Test test;
  private byte[] known = new byte[0];

  /** Says 1 or 0 of a text. */
  interface Test {
    long of(byte[] bytes, int from, int to);
  }

  TextPredicate(TextEvaluator operand, Test test) {
    this.operand = operand;
    this.test = test;
  }

  /** Whether a text stands so to a constant, in the order of their bytes. */
  static Test compared(Operator operator, Constant constant) {
    var outcomes = ComparisonEvaluator.outcomes(operator);
    byte[] other = constant.text().getBytes(StandardCharsets.UTF_8);
    return (bytes, from, to) ->
        outcomes[
            Integer.signum(Arrays.compareUnsigned(bytes, from, to, other, 0, other.length)) + 1];
  }

  static Test oneOf(List<Constant> constants) {
    var others =
        constants.stream()
            .map(constant -> constant.text().getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    return (bytes, from, to) -> {
      for (byte[] other : others) {
        if (Arrays.equals(bytes, from, to, other, 0, other.length)) {
          return 1;
        }
      }
      return 0;
    };
  }

  @Override
  public NumberVector evaluate(RowValues rows) {
    int size = rows.size();
    var texts = operand.evaluate(rows);
    var dictionary = texts.dictionary();
    if (known.length < dictionary.dictionarySize()) {
      known = new byte[dictionary.dictionarySize()];
    }
    // Not all entries need turn up in these rows.
    Arrays.fill(known, 0, dictionary.dictionarySize(), UNKNOWN);
    result.reset(size);
    var ids = texts.ids();
    for (int row = 0; row < size; row++) {
      int id = ids[row];
      if (id < 0) {
        result.setNull(row);
        continue;
      }
      if (known[id] == UNKNOWN) {
        int from = dictionary.offset(id);
        known[id] = (byte) test.of(dictionary.bytes(), from, from + dictionary.length(id));
      }
      result.values()[row] = known[id];
    }
    return result;
  }
}
