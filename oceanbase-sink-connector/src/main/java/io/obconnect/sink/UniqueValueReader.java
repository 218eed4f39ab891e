package io.obconnect.sink;

import io.obconnect.model.ExactValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Reads the values of a table's further unique keys from rows of one schema, as hashes. Immutable.
 */
final class UniqueValueReader {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private record Cell(Field field, TextFold fold, int prefixChars) {}

  private record Key(String name, List<Cell> cells) {}

  private final String table;
  private final List<Key> keys;
  private final boolean complete;

  UniqueValueReader(TablePlan plan, Schema schema) {
    List<Key> found = new ArrayList<>();
    boolean all = true;
    for (UniqueKey key : plan.furtherKeys()) {
      Optional<Key> readable = key(plan, schema, key);
      readable.ifPresent(found::add);
      all = all && readable.isPresent();
    }
    this.table = plan.table().quoted();
    this.keys = List.copyOf(found);
    this.complete = all;
  }

  private static Optional<Key> key(TablePlan plan, Schema schema, UniqueKey key) {
    List<Cell> cells = new ArrayList<>();
    for (UniqueKey.Part part : key.columns()) {
      DestinationColumn column = plan.columns().get(part.column());
      Optional<Field> field =
          Optional.ofNullable(column).flatMap(c -> RowEncoder.fieldOf(schema, c));
      if (field.isEmpty()) {
        return Optional.empty();
      }
      cells.add(new Cell(field.get(), column.textFold(), part.prefixChars()));
    }
    return Optional.of(new Key(key.name(), cells));
  }

  /** Whether rows of this schema hold every column of every further unique key. */
  boolean isComplete() {
    return complete;
  }

  void addHashes(List<Long> hashes, Struct row) {
    for (Key key : keys) {
      long hash = hash(hash(FNV_OFFSET, table), key.name());
      boolean hasNull = false;
      for (Cell cell : key.cells()) {
        Object value = ExactValue.comparable(row.getWithoutDefault(cell.field().name()));
        hasNull |= value == null;
        hash = hash(hash, text(cell, value));
      }
      // A NULL collides with nothing.
      if (!hasNull && !hashes.contains(hash)) {
        hashes.add(hash);
      }
    }
  }

  private static String text(Cell cell, Object value) {
    if (value instanceof String text) {
      String counted = cell.prefixChars() == 0 ? text : prefix(text, cell.prefixChars());
      return cell.fold().fold(counted);
    }
    if (value instanceof byte[] || value instanceof java.nio.ByteBuffer) {
      // All values count as one where only some of their bytes do.
      return cell.prefixChars() > 0 ? "" : java.util.Arrays.toString(Literals.bytes(value));
    }
    return String.valueOf(value);
  }

  private static String prefix(String text, int chars) {
    int count = text.codePointCount(0, text.length());
    return count <= chars ? text : text.substring(0, text.offsetByCodePoints(0, chars));
  }

  /** FNV-1a over the text's characters and an end. Source: draft-eastlake-fnv, 64 bits. */
  private static long hash(long seed, String text) {
    long hash = seed;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return (hash ^ 0x1_0000L) * FNV_PRIME;
  }
}
