package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import io.obconnect.stack.SqlEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Filters choose the rows that the engines choose, of a table with values at the edges of its types
 * whose texts have a binary collation.
 */
@ExtendWith(LocalStackExtension.class)
class RowFilterIT {

  private static final int BATCHES = 60;
  private static final int BATCH = 50;

  @Test
  void filtersChooseWhatMySqlChooses(MySqlServer mysql) throws SQLException, IOException {
    assertSame(mysql, conditions("row-filters.sql"));
  }

  /** OceanBase rounds quotients, times and what exceeds 64 bits in other ways than MySQL. */
  @Test
  void filtersChooseWhatOceanBaseChooses(OceanBaseServer oceanBase)
      throws SQLException, IOException {
    List<String> conditions = new ArrayList<>(conditions("row-filters.sql"));
    List<String> different = conditions("row-filters-not-oceanbase.sql");
    assertTrue(conditions.containsAll(different), "a difference that no list has");
    conditions.removeAll(different);
    assertSame(oceanBase, conditions);
  }

  @Test
  void randomFiltersChooseWhatMySqlChooses(MySqlServer mysql) throws SQLException {
    List<String> conditions = new ArrayList<>();
    for (int seed = 0; seed < BATCHES; seed++) {
      conditions.addAll(new FilterSamples(seed).conditions(BATCH));
    }
    assertSame(mysql, conditions);
  }

  private static void assertSame(SqlEngine engine, List<String> conditions) throws SQLException {
    List<String> differences = new ArrayList<>();
    int refused = 0;
    try (Connection connection = engine.connect()) {
      FilterTable table = new FilterTable(connection);
      for (int from = 0; from < conditions.size(); from += BATCH) {
        List<String> batch = conditions.subList(from, Math.min(from + BATCH, conditions.size()));
        List<Optional<Set<Integer>>> expected = table.chosenByEngine(batch);
        for (int i = 0; i < batch.size(); i++) {
          Set<Integer> chosen = table.chosen(batch.get(i));
          if (expected.get(i).isEmpty()) {
            refused++;
          } else if (!chosen.equals(expected.get(i).get())) {
            differences.add(batch.get(i) + "\n    " + expected.get(i).get() + "\n    " + chosen);
          }
        }
      }
    }
    assertEquals("", String.join("\n", differences));
    // What the engine refuses, for leaving a type's range for example, is not compared.
    assertTrue(refused < conditions.size() / 20, "refused: " + refused);
  }

  private static List<String> conditions(String resource) throws IOException {
    try (InputStream input = RowFilterIT.class.getResourceAsStream(resource)) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
