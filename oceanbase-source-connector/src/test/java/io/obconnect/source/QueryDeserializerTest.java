package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryDeserializerTest {
  private static final String FLAGS = "0000000000";
  private static final String SQL_MODE = "01" + "2000a09000000000";
  private static final String CATALOG = "0603" + "737464";
  private static final String CHARSETS = "04" + "ff00ff00ff00";
  private static final String MARK = "03" + "626f" + "7463";

  private static boolean isMarked(String variables) throws IOException {
    return QueryDeserializer.isMarked(HexFormat.of().parseHex(variables));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MARK,
        FLAGS + SQL_MODE + CATALOG + MARK + CHARSETS,
        FLAGS + SQL_MODE + MARK,
      })
  void markedSessionIsKnown(String variables) throws IOException {
    assertTrue(isMarked(variables));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        FLAGS + SQL_MODE + CATALOG + CHARSETS,
        FLAGS + SQL_MODE + CATALOG + "03" + "626f" + "0100",
        FLAGS + SQL_MODE + CATALOG + "03" + "0a00" + "7463",
        CHARSETS + MARK,
      })
  void otherSessionsAreNotTakenForIt(String variables) throws IOException {
    assertFalse(isMarked(variables));
  }

  @Test
  void statementIsReadAsTheClientReadsIt() throws IOException {
    String event =
        "2a000000" + "01000000" + "04" + "0000" + "0500" + MARK + "73686f7000" + "44524f50";
    LoggedQuery query =
        (LoggedQuery)
            new QueryDeserializer()
                .deserialize(new ByteArrayInputStream(HexFormat.of().parseHex(event)));
    assertTrue(query.isMarked());
    assertEquals(42, query.getThreadId());
    assertEquals(1, query.getExecutionTime());
    assertEquals("shop", query.getDatabase());
    assertEquals("DROP", query.getSql());
  }
}
