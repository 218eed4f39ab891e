package io.obconnect.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Gives unnamed indexes the names MySQL would choose: the first column's, then with _2, _3, ... */
final class IndexNames {

  private final List<IndexDefinition> indexes = new ArrayList<>();

  void add(IndexDefinition index) {
    indexes.add(index);
  }

  List<IndexDefinition> named() {
    Set<String> taken = new HashSet<>();
    indexes.forEach(index -> taken.add(index.name().toLowerCase(Locale.ROOT)));
    List<IndexDefinition> named = new ArrayList<>();
    for (IndexDefinition index : indexes) {
      IndexDefinition withName =
          index.name().isEmpty() ? index.withName(freeName(index, taken)) : index;
      taken.add(withName.name().toLowerCase(Locale.ROOT));
      named.add(withName);
    }
    return named;
  }

  private static String freeName(IndexDefinition index, Set<String> taken) {
    String base =
        index.parts().get(0) instanceof IndexPart.Column column
            ? column.name()
            : "functional_index";
    String name = base;
    // A column named PRIMARY cannot give its name to an index: MySQL reserves that name.
    boolean reserved = base.equalsIgnoreCase("PRIMARY");
    for (int i = 2; reserved || taken.contains(name.toLowerCase(Locale.ROOT)); i++) {
      name = base + "_" + i;
      reserved = false;
    }
    return name;
  }
}
