package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.SqlFailure;
import io.obconnect.model.TableId;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {
  private final DeadLetterHeaders interceptor = new DeadLetterHeaders();

  /** What Connect sends of a record: its bytes and headers. */
  private static ProducerRecord<byte[], byte[]> letter(Header... headers) {
    return new ProducerRecord<>(
        "dead-letters", null, new byte[] {1}, new byte[] {2}, List.of(headers));
  }

  private static Map<String, String> texts(Headers headers) {
    Map<String, String> texts = new TreeMap<>();
    headers.forEach(
        header -> {
          String text = new String(header.value(), StandardCharsets.UTF_8);
          assertNull(texts.put(header.key(), text), header.key() + " is there once");
        });
    return texts;
  }

  /** The headers of a letter that is sent while a record is reported. */
  private Map<String, String> reported(Rejection why, ProducerRecord<byte[], byte[]> letter) {
    Future<Void> written =
        DeadLetterHeaders.report(
            (record, error) -> {
              interceptor.onSend(letter);
              return CompletableFuture.completedFuture(null);
            },
            new RejectedRecord(Changes.position(7), Changes.tombstone(7), why));
    assertTrue(written.isDone());
    return texts(letter.headers());
  }

  @Test
  void rowThatTheDestinationRefused() {
    SqlFailure failure = SqlFailure.of(new SQLException("entry 'secret-value'", "23000", 1062));
    Rejection why =
        Rejection.refused(Changes.work(Changes.plan(), Changes.upsert(1, 7), 7), failure);
    assertEquals(
        Map.of(
            "__obconnect.error.table", "`shop`.`orders`",
            "__obconnect.error.destination.table", "`shop`.`orders`",
            "__obconnect.error.key.columns", "`id`",
            "__obconnect.error.code", "1062",
            "__obconnect.error.sqlstate", "23000",
            "__obconnect.error.reason",
                "the destination refused it: error 1062 (SQL state 23000): a duplicate value of a"
                    + " unique key"),
        reported(why, letter()));
  }

  @Test
  void whatIsNotKnownHasNoHeader() {
    Rejection why =
        new Rejection(
            Optional.empty(), Optional.empty(), Rejection.UNREADABLE_RECORD, "", "no fields");
    assertEquals(
        Map.of(
            "__obconnect.error.code", "UNREADABLE_RECORD", "__obconnect.error.reason", "no fields"),
        reported(why, letter()));
  }

  @Test
  void letterThatWasSentBackToItsTopicKeepsOnlyItsOwnHeaders() {
    Rejection why =
        new Rejection(
            Optional.of(new TableId("shop", "orders")),
            Optional.empty(),
            Rejection.UNFIT_CHANGE,
            "",
            "no key");
    Map<String, String> headers =
        reported(
            why,
            letter(
                new RecordHeader("mine", new byte[] {'x'}),
                new RecordHeader(DeadLetterHeaders.SQL_STATE, new byte[] {'y'}),
                new RecordHeader(DeadLetterHeaders.REASON, new byte[] {'z'})));
    assertEquals(
        Map.of(
            "mine", "x",
            "__obconnect.error.table", "`shop`.`orders`",
            "__obconnect.error.code", "UNFIT_CHANGE",
            "__obconnect.error.reason", "no key"),
        headers);
  }

  @Test
  void letterOfConnectItselfIsLeftAlone() {
    ProducerRecord<byte[], byte[]> letter = letter();
    reported(
        new Rejection(Optional.empty(), Optional.empty(), Rejection.UNFIT_CHANGE, "", "before"),
        letter());
    interceptor.onSend(letter);
    assertEquals(Map.of(), texts(letter.headers()));
  }
}
