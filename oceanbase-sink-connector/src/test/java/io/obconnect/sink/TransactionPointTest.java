package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.obconnect.sink.Arrival.End;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionPointTest {
  private static End end(String id, long endedMs) {
    return new End(Changes.position(0), null, id, endedMs, Map.of(), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "uuid:9,uuid:9,100,true",
    "uuid:10,uuid:9,100,true",
    "uuid:9,uuid:10,100,false",
    "uuid:10,other:9,100,false",
    "uuid:10,uuid:9,101,false",
    "'file=log.1,pos=1000','file=log.1,pos=999',100,true",
    "'file=log.1,pos=1000','file=log.2,pos=999',100,false",
    "'file=log.2,pos=4','file=log.1,pos=999',100,true",
    "'file=log.10,pos=4','file=log.9,pos=999',100,true",
    "'file=log.2,pos=4','file=log.1,pos=999',101,false",
    "571:53195832,572:53195000,100,false",
  })
  void endsAreTakenForAppliedByTheirNumber(
      String id, String other, long endedMs, boolean included) {
    TransactionPoint point = new TransactionPoint(id, 100, LogPosition.UNKNOWN);
    assertEquals(included, point.includes(end(other, endedMs)));
  }

  @Test
  void ledgerKeepsIt() {
    LogPosition row = new LogPosition(3, "mysql-bin.000007", 400, 90);
    TransactionPoint point = TransactionPoint.NONE.then(end("file=log.1,pos=7", 100), row);
    assertEquals(Optional.of(point), TransactionPoint.parse(point.position()));
    assertEquals(
        Optional.empty(), TransactionPoint.parse(new SourcePosition("uuid:7", 100)), "a row's");
  }
}
