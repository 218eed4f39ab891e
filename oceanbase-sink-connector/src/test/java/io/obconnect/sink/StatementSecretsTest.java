package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.model.DdlParser;
import io.obconnect.sink.SourceChange.SchemaChange;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSecretsTest {

  private static SchemaChange kept(String ddl) {
    SchemaChange change =
        new SchemaChange(ddl, "shop", "f:1", LogPosition.UNKNOWN, false, OptionalLong.empty());
    return StatementSecrets.without(change, new DdlParser().parse(ddl, "shop"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE USER u IDENTIFIED BY 'secret'",
        "ALTER USER u IDENTIFIED WITH caching_sha2_password AS 'secret'",
        "SET PASSWORD FOR u = 'secret'",
        "GRANT ALL ON *.* TO u IDENTIFIED BY 'secret'",
        "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'u', PASSWORD 'secret')",
        "SET GLOBAL some_password = 'secret'",
        "CHANGE MASTER TO MASTER_USER = 'u', PASSWORD = 'secret'",
        "CREATE TABLE t (a INT); CREATE USER u IDENTIFIED BY 'secret'",
      })
  void textThatMayHoldAPasswordIsNotKept(String ddl) {
    assertEquals(
        new SchemaChange(
            StatementSecrets.NOT_KEPT,
            "shop",
            "f:1",
            LogPosition.UNKNOWN,
            false,
            OptionalLong.empty()),
        kept(ddl));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t (password VARCHAR(9))",
        "CREATE PROCEDURE p() SELECT 1",
        "FROBNICATE TABLE t",
      })
  void otherTextsAreKept(String ddl) {
    assertEquals(ddl, kept(ddl).ddl());
  }
}
