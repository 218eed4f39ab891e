package io.obconnect.model;

import java.util.List;

/** Expressions that choose between values. What they choose keeps its own type. */
final class FilterConditions {

  /** A branch of CASE: the first whose condition is true is taken. */
  record Branch(FilterExpression condition, FilterExpression result) {}

  private FilterConditions() {}

  static void register(FilterFunctions functions) {
    functions.addLazy("COALESCE", 1, FilterFunctions.ANY, FilterConditions::coalesce);
    functions.addLazy("IFNULL", 2, 2, FilterConditions::coalesce);
    functions.addLazy("ISNULL", 1, 1, arguments -> FilterLogic.isNull(arguments.get(0)));
    functions.addLazy(
        "IF",
        3,
        3,
        arguments ->
            cases(List.of(new Branch(arguments.get(0), arguments.get(1))), arguments.get(2)));
    functions.addLazy(
        "NULLIF",
        2,
        2,
        arguments -> {
          FilterExpression equal =
              FilterComparison.of(arguments.get(0), arguments.get(1), order -> order == 0);
          return cases(
              List.of(new Branch(equal, new FilterExpression.Literal(null))), arguments.get(0));
        });
    functions.add("GREATEST", 2, FilterFunctions.ANY, values -> extreme(values, 1));
    functions.add("LEAST", 2, FilterFunctions.ANY, values -> extreme(values, -1));
  }

  private static FilterExpression coalesce(List<FilterExpression> arguments) {
    return row -> {
      for (FilterExpression argument : arguments) {
        Object value = argument.value(row);
        if (value != null) {
          return value;
        }
      }
      return null;
    };
  }

  static FilterExpression cases(List<Branch> branches, FilterExpression otherwise) {
    List<Branch> all = List.copyOf(branches);
    return row -> {
      for (Branch branch : all) {
        if (Boolean.TRUE.equals(FilterLogic.truth(branch.condition().value(row)))) {
          return branch.result().value(row);
        }
      }
      return otherwise.value(row);
    };
  }

  private static Object extreme(List<Object> values, int sign) {
    Object best = values.get(0);
    for (Object value : values.subList(1, values.size())) {
      Integer order = FilterComparison.order(value, best);
      if (order == null) {
        return null;
      }
      best = order * sign > 0 ? value : best;
    }
    return best;
  }
}
