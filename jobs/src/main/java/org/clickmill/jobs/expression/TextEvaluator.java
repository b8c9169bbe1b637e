package org.clickmill.jobs.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.expression.TypedExpression.Constant;
import org.clickmill.jobs.expression.TypedExpression.FirstOf;
import org.clickmill.jobs.expression.TypedExpression.Reference;

/** Evaluates an expression of type string; what it returns is good until it is asked again. */
public abstract class TextEvaluator {
  final TextVector result = new TextVector();

  private TextEvaluator() {}

  /** Evaluates the rows at hand. */
  public abstract TextVector evaluate(RowValues rows);

  public static TextEvaluator of(TypedExpression typed) {
    if (typed instanceof Reference reference) {
      return new OfColumn(reference.column().name());
    }
    if (typed instanceof Constant constant) {
      return new OfConstant(constant.text());
    }
    if (typed instanceof FirstOf firstOf) {
      return new OfFirst(firstOf.values().stream().map(TextEvaluator::of).toList());
    }
    throw new IllegalArgumentException("Not an expression of type string: " + typed);
  }

  private static final class OfColumn extends TextEvaluator {
    private final String column;

    private OfColumn(String column) {
      this.column = column;
    }

    @Override
    public TextVector evaluate(RowValues rows) {
      rows.texts(column, result);
      return result;
    }
  }

  private static final class OfConstant extends TextEvaluator {
    private final StringColumn dictionary;

    private OfConstant(String text) {
      dictionary = Dictionaries.of(List.of(text));
    }

    @Override
    public TextVector evaluate(RowValues rows) {
      // All ids are 0, and nothing else is ever written.
      result.reset(dictionary, rows.size());
      return result;
    }
  }

  private static final class OfFirst extends TextEvaluator {
    private final List<TextEvaluator> parts;

    private OfFirst(List<TextEvaluator> parts) {
      this.parts = parts;
    }

    @Override
    public TextVector evaluate(RowValues rows) {
      var vectors = new ArrayList<TextVector>();
      for (var part : parts) {
        vectors.add(part.evaluate(rows));
      }
      int size = rows.size();
      result.reset(
          Dictionaries.concatenated(vectors.stream().map(TextVector::dictionary).toList()), size);
      var ids = result.ids();
      Arrays.fill(ids, 0, size, StringColumn.NULL);
      int before = 0;
      for (var vector : vectors) {
        var others = vector.ids();
        for (int row = 0; row < size; row++) {
          if (ids[row] == StringColumn.NULL && others[row] != StringColumn.NULL) {
            ids[row] = before + others[row];
          }
        }
        before += vector.dictionary().dictionarySize();
      }
      return result;
    }
  }
}
