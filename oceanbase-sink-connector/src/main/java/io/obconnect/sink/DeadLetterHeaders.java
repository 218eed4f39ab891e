package io.obconnect.sink;

import io.obconnect.model.TableId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.sink.ErrantRecordReporter;

/**
 * Writes into a dead letter's headers why it is one: table, key columns, error code and reason,
 * never a row value. Set {@code producer.override.interceptor.classes} of the connector to this
 * class; the producer that it overrides is the dead letters' one.
 *
 * <p>Connect sends a reported record as the bytes that were read from Kafka, with their headers:
 * what a task adds to its copy of the record is not sent, and a record that the task makes anew
 * would be converted again. Connect hands a reported record to its producer in the thread that
 * reports it, so that thread carries the reason.
 *
 * <p>Thread-safe.
 */
public final class DeadLetterHeaders implements ProducerInterceptor<byte[], byte[]> {
  /** The source's table. */
  static final String TABLE = "__obconnect.error.table";

  /** The destination's table, where it is known. */
  static final String DESTINATION_TABLE = "__obconnect.error.destination.table";

  /** Names of the columns by which the row is found, where they are known. */
  static final String KEY_COLUMNS = "__obconnect.error.key.columns";

  /** See {@link Rejection#code()}. */
  static final String CODE = "__obconnect.error.code";

  /** SQL state, where the destination refused the row. */
  static final String SQL_STATE = "__obconnect.error.sqlstate";

  /** One sentence. */
  static final String REASON = "__obconnect.error.reason";

  private static final ThreadLocal<Rejection> REPORTED = new ThreadLocal<>();

  /** Reports a record so that its dead letter gets headers. */
  static Future<Void> report(ErrantRecordReporter reporter, RejectedRecord rejected) {
    REPORTED.set(rejected.why());
    try {
      return reporter.report(rejected.record(), rejected.failure());
    } finally {
      REPORTED.remove();
    }
  }

  /** Texts by header; an empty one is not known. */
  private static Map<String, String> texts(Rejection why) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(TABLE, why.table().map(TableId::quoted).orElse(""));
    texts.put(DESTINATION_TABLE, why.plan().map(plan -> plan.table().quoted()).orElse(""));
    texts.put(KEY_COLUMNS, why.keyColumns());
    texts.put(CODE, why.code());
    texts.put(SQL_STATE, why.sqlState());
    texts.put(REASON, why.reason());
    return texts;
  }

  @Override
  public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> letter) {
    Rejection why = REPORTED.get();
    if (why != null) {
      Headers headers = letter.headers();
      texts(why)
          .forEach(
              (header, text) -> {
                // A letter that was sent back to its topic has them already.
                headers.remove(header);
                if (!text.isEmpty()) {
                  headers.add(header, text.getBytes(StandardCharsets.UTF_8));
                }
              });
    }
    return letter;
  }

  @Override
  public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
    // Connect watches over what becomes of dead letters.
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // Nothing can be configured.
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
