package io.obconnect.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.connect.data.SchemaAndValue;

/**
 * Law: whatever the record, the bytes and the option, ours does what Kafka's JsonConverter does.
 */
class SameAsJsonConverterPropertyTest {
  private static final int TRIES = 1_000;

  // Small caches, so that schemas are forgotten, too. The tries share the converters.
  private static final List<Converters> CONVERTERS =
      List.of(
          new Converters(Map.of("schemas.cache.size", "3")),
          new Converters(Map.of("schemas.cache.size", "3", "replace.null.with.default", "false")),
          new Converters(Map.of("schemas.cache.size", "50", "decimal.format", "Numeric")));

  @Property(tries = TRIES)
  void recordsAreWrittenAndReadAlike(@ForAll long seed) {
    SchemaAndValue record = new RandomRecords(seed).next();
    for (Converters converters : CONVERTERS) {
      converters.assertSame(record.schema(), record.value());
    }
  }

  @Property(tries = TRIES)
  void damagedRecordsAreReadAlike(@ForAll long seed) {
    SchemaAndValue record = new RandomRecords(seed).next();
    Random random = new Random(seed);
    for (Converters converters : CONVERTERS) {
      Outcome written = converters.assertSame(record.schema(), record.value());
      if (written.isResult()) {
        byte[] bytes =
            converters.kafkas.fromConnectData(Converters.TOPIC, record.schema(), record.value());
        for (int i = 0; i < 10; i++) {
          converters.assertSameRead(damaged(bytes, random));
        }
      }
    }
  }

  /** The law says nothing of speed: here is that most records are not left to JsonConverter. */
  @Property(tries = 5)
  void mostRecordsAreCompiled(@ForAll long seed) {
    Converters converters = CONVERTERS.get(0);
    RecordWriters writers = converters.writers();
    RecordReaders readers = converters.readers();
    int records = 500;
    int compiled = 0;
    for (int i = 0; i < records; i++) {
      SchemaAndValue record = new RandomRecords(seed + i).next();
      try {
        byte[] bytes = writers.write(record.schema(), record.value());
        assertArrayEquals(
            bytes,
            converters.kafkas.fromConnectData(Converters.TOPIC, record.schema(), record.value()));
        SchemaAndValue read = readers.read(Converters.TOPIC, bytes);
        assertEquals(
            Outcome.of(() -> converters.kafkas.toConnectData(Converters.TOPIC, bytes)),
            Outcome.of(() -> read));
        compiled++;
      } catch (UnusualRecordException e) {
        // NaN, or an emoji in a field's name: not counted.
      }
    }
    assertTrue(compiled > records / 2, compiled + " of " + records);
  }

  /** One byte changed, lost, repeated or put in; or a tail lost. Mostly in the payload. */
  private static byte[] damaged(byte[] bytes, Random random) {
    int at = bytes.length - 1 - random.nextInt(random.nextInt(bytes.length) + 1);
    byte[] all = Arrays.copyOf(bytes, bytes.length);
    String hostile = "\"\\{}[],:0123456789-+.eEntfu /a\u0000\n=A";
    // Not 0xff: whether Jackson takes that for padding in a name depends on the names it saw
    // before.
    byte instead =
        random.nextInt(8) == 0
            ? (byte) random.nextInt(0xff)
            : (byte) hostile.charAt(random.nextInt(hostile.length()));
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> joined(bytes, at, new byte[] {instead}, at);
      case 2 -> joined(bytes, at, new byte[0], at + 1);
      case 3 -> joined(bytes, at, new byte[] {bytes[at]}, at);
      default -> {
        all[at] = instead;
        yield all;
      }
    };
  }

  private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
    byte[] all = new byte[head + middle.length + bytes.length - tail];
    System.arraycopy(bytes, 0, all, 0, head);
    System.arraycopy(middle, 0, all, head, middle.length);
    System.arraycopy(bytes, tail, all, head + middle.length, bytes.length - tail);
    return all;
  }
}
