package org.clickmill.jobs.expression;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.clickmill.jobs.expression.Syntax.Operator;

/** An expression that makes sense: it is known of every part what its values are. */
public sealed interface TypedExpression {
  ValueType type();

  /** Whether it may be NULL. */
  boolean isNullable();

  /** What it is made of. */
  List<TypedExpression> parts();

  /** The columns that it reads. */
  default Set<Columns.Column> columns() {
    var columns = new TreeSet<Columns.Column>((a, b) -> a.name().compareTo(b.name()));
    parts().forEach(part -> columns.addAll(part.columns()));
    return columns;
  }

  /** Whether it reads a personal column. */
  default boolean isPersonal() {
    return columns().stream().anyMatch(Columns.Column::isPersonal);
  }

  /** The time zone whose clock it reads; empty where it reads none, or that of UTC. */
  default Optional<ZoneId> clock() {
    return parts().stream().map(TypedExpression::clock).flatMap(Optional::stream).findFirst();
  }

  record Reference(Columns.Column column) implements TypedExpression {
    @Override
    public ValueType type() {
      return column.type();
    }

    @Override
    public boolean isNullable() {
      return column.isNullable();
    }

    @Override
    public List<TypedExpression> parts() {
      return List.of();
    }

    @Override
    public Set<Columns.Column> columns() {
      return Set.of(column);
    }
  }

  /**
   * A value.
   *
   * @param number as {@link ValueType} holds it, where it is no text
   * @param text of a text
   */
  record Constant(ValueType type, long number, String text) implements TypedExpression {
    @Override
    public boolean isNullable() {
      return false;
    }

    @Override
    public List<TypedExpression> parts() {
      return List.of();
    }
  }

  /** Operands are of one type, but for decimals that are divided by whole numbers. */
  record Arithmetic(Operator operator, TypedExpression left, TypedExpression right, ValueType type)
      implements TypedExpression {
    @Override
    public boolean isNullable() {
      return operator == Operator.DIVIDED_BY
          || operator == Operator.MODULO
          || left.isNullable()
          || right.isNullable();
    }

    @Override
    public List<TypedExpression> parts() {
      return List.of(left, right);
    }
  }

  record Comparison(Operator operator, TypedExpression left, TypedExpression right)
      implements TypedExpression {
    @Override
    public ValueType type() {
      return ValueType.BOOLEAN;
    }

    @Override
    public boolean isNullable() {
      return left.isNullable() || right.isNullable();
    }

    @Override
    public List<TypedExpression> parts() {
      return List.of(left, right);
    }
  }

  /** And, or. */
  record Logic(Operator operator, TypedExpression left, TypedExpression right)
      implements TypedExpression {
    @Override
    public ValueType type() {
      return ValueType.BOOLEAN;
    }

    @Override
    public boolean isNullable() {
      return left.isNullable() || right.isNullable();
    }

    @Override
    public List<TypedExpression> parts() {
      return List.of(left, right);
    }
  }

  record Inverse(TypedExpression operand) implements TypedExpression {
    @Override
    public ValueType type() {
      return ValueType.BOOLEAN;
    }

    @Override
    public boolean isNullable() {
      return operand.isNullable();
    }

    @Override
    public List<TypedExpression> parts() {
      return List.of(operand);
    }
  }

  record NullTest(TypedExpression operand, boolean isNegated) implements TypedExpression {
    @Override
    public ValueType type() {
      return ValueType.BOOLEAN;
    }

    @Override
    public boolean isNullable() {
      return false;
    }

    @Override
    public List<TypedExpression> parts() {
      return List.of(operand);
    }
  }

  /** Whether a value is one of some constants. */
  record OneOf(TypedExpression operand, List<Constant> values) implements TypedExpression {
    public OneOf {
      values = List.copyOf(values);
    }

    @Override
    public ValueType type() {
      return ValueType.BOOLEAN;
    }

    @Override
    public boolean isNullable() {
      return operand.isNullable();
    }

    @Override
    public List<TypedExpression> parts() {
      return List.of(operand);
    }
  }

  /**
   * A function of one value.
   *
   * @param zone whose clock is read; null for that of UTC, and where no time is read
   */
  record Applied(Function function, TypedExpression operand, ZoneId zone)
      implements TypedExpression {
    @Override
    public Optional<ZoneId> clock() {
      return zone == null ? operand.clock() : Optional.of(zone);
    }

    @Override
    public ValueType type() {
      return function.result(operand.type());
    }

    @Override
    public boolean isNullable() {
      return operand.isNullable();
    }

    @Override
    public List<TypedExpression> parts() {
      return List.of(operand);
    }
  }

  /** The first value that is not NULL; all are of one type. */
  record FirstOf(List<TypedExpression> values) implements TypedExpression {
    public FirstOf {
      values = List.copyOf(values);
    }

    @Override
    public ValueType type() {
      return values.get(0).type();
    }

    @Override
    public boolean isNullable() {
      return values.stream().allMatch(TypedExpression::isNullable);
    }

    @Override
    public List<TypedExpression> parts() {
      return new ArrayList<>(values);
    }
  }
}
