package io.obconnect.source;

import io.obconnect.model.TableId;
import java.util.List;
import java.util.Objects;

/**
 * A captured table as the server describes it.
 *
 * @param engine empty if it has none
 * @param keyed whether a key tells all rows apart
 * @param columns those of types that a check asks for
 */
record TableFacts(
    TableId id,
    String engine,
    boolean keyed,
    List<ColumnFacts> columns,
    List<ReferenceFacts> references) {

  /**
   * A column.
   *
   * @param type its type's name in lower case
   * @param declaration its type with everything behind the name
   * @param maxBytes how long a value may be; 0 where that is no question
   * @param virtual whether its values are computed and not stored
   */
  record ColumnFacts(String name, String type, String declaration, long maxBytes, boolean virtual) {
    ColumnFacts {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(declaration, "declaration");
    }
  }

  /**
   * A foreign key.
   *
   * @param to the table that it refers to
   * @param cascades whether the server changes rows of this table because of it
   */
  record ReferenceFacts(TableId to, boolean cascades) {
    ReferenceFacts {
      Objects.requireNonNull(to, "to");
    }
  }

  TableFacts {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(engine, "engine");
    columns = List.copyOf(columns);
    references = List.copyOf(references);
  }
}
