package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.ConversionOptions;
import io.obconnect.model.DdlKind;
import io.obconnect.model.DdlParser;
import io.obconnect.model.DdlPolicy;
import io.obconnect.model.DdlStatement;
import io.obconnect.sink.SchemaPolicies.Decision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaPoliciesTest {

  private static Decision decide(Map<DdlKind, DdlPolicy> kinds, String sql) {
    DdlStatement statement = new DdlParser().parse(sql, "shop").get(0);
    return new SchemaPolicies(kinds, true, ConversionOptions.full()).decide(statement);
  }

  @Test
  void actionsThatAreLeftOutDoNotKeepTheOthersFromBeingApplied() {
    Decision decision =
        decide(
            Map.of(DdlKind.DROP_COLUMN, DdlPolicy.LOG), "ALTER TABLE t ADD COLUMN a INT, DROP b");
    assertTrue(decision.isApplied());
    assertEquals(List.of(DdlKind.ADD_COLUMN), decision.statement().ddlKinds());
    assertTrue(decision.notes().get(0).startsWith("ddl.drop-column=log"), decision::toString);
  }

  @Test
  void nothingOfAStatementIsAppliedWhenAPartOfItFails() {
    Decision decision =
        decide(
            Map.of(DdlKind.DROP_COLUMN, DdlPolicy.FAIL), "ALTER TABLE t ADD COLUMN a INT, DROP b");
    assertEquals(DdlPolicy.FAIL, decision.policy());
  }

  @Test
  void theLouderPolicyCountsWhenNothingIsLeft() {
    Decision decision =
        decide(
            Map.of(DdlKind.DROP_COLUMN, DdlPolicy.LOG, DdlKind.ADD_COLUMN, DdlPolicy.IGNORE),
            "ALTER TABLE t ADD COLUMN a INT, DROP b");
    assertEquals(DdlPolicy.LOG, decision.policy());
  }

  @Test
  void truncationIsLeftToItsChangeRecord() {
    assertEquals(DdlPolicy.IGNORE, decide(Map.of(), "TRUNCATE TABLE t").policy());
  }

  @Test
  void whatIsNotUnderstoodFailsByDefault() {
    assertEquals(DdlPolicy.FAIL, decide(Map.of(), "ALTER TABLE t FROBNICATE").policy());
  }
}
