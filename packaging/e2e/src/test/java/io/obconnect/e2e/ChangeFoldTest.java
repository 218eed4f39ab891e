package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeFoldTest {
  private final ChangeFold fold = new ChangeFold("n");

  private void accept(String event) throws IOException {
    fold.accept(event.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void laterChangesOfAKeyReplaceEarlierOnes() throws IOException {
    accept("{'op':'r','before':null,'after':{'id':1,'n':10}}".replace('\'', '"'));
    accept("{'op':'c','before':null,'after':{'id':2,'n':20}}".replace('\'', '"'));
    accept("{'op':'u','before':{'id':1,'n':10},'after':{'id':1,'n':5}}".replace('\'', '"'));
    accept("{'op':'d','before':{'id':2,'n':20},'after':null}".replace('\'', '"'));

    assertEquals(new TableFingerprint(1, 5), fold.result());
  }

  @Test
  void schemaBeforeAnEventIsPassedBy() throws IOException {
    accept(
        "{'schema':{'type':'struct','fields':[]},'payload':{'op':'c','after':{'id':1,'n':7}}}"
            .replace('\'', '"'));

    assertEquals(new TableFingerprint(1, 7), fold.result());
  }

  @Test
  void rowsThatWereThereBeforeCount() throws IOException {
    fold.with(Map.of(1L, 10L, 2L, 20L));
    accept("{'op':'d','before':{'id':2,'n':20},'after':null}".replace('\'', '"'));

    assertEquals(new TableFingerprint(1, 10), fold.result());
  }

  @Test
  void whatIsNoChangeOfARowIsRefused() {
    assertThrows(WrongResultException.class, () -> accept("{\"ddl\":\"DROP TABLE t\"}"));
  }
}
