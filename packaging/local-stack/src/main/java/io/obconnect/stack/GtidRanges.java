package io.obconnect.stack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of GTIDs, as a client names what it has.
 *
 * @param ranges of each source, in the client's order
 */
record GtidRanges(Map<UUID, List<Range>> ranges) {
  private static final int ID_BYTES = 16;

  /** Both ends are in it. */
  record Range(long first, long last) {}

  /** As in COM_BINLOG_DUMP_GTID. */
  static GtidRanges read(ByteReader in) {
    Map<UUID, List<Range>> ranges = new HashMap<>();
    long sources = in.number(8);
    for (long i = 0; i < sources; i++) {
      ByteBuffer id = ByteBuffer.wrap(in.raw(ID_BYTES));
      List<Range> ofSource = new ArrayList<>();
      long count = in.number(8);
      for (long j = 0; j < count; j++) {
        ofSource.add(new Range(in.number(8), in.number(8) - 1));
      }
      ranges.put(new UUID(id.getLong(), id.getLong()), ofSource);
    }
    return new GtidRanges(ranges);
  }

  /** As in {@code uuid:1-5:7,uuid:1}. */
  static GtidRanges parse(String text) {
    Map<UUID, List<Range>> ranges = new HashMap<>();
    for (String source : text.replaceAll("\\s", "").split(",", -1)) {
      if (!source.isEmpty()) {
        String[] parts = source.split(":", -1);
        List<Range> ofSource =
            ranges.computeIfAbsent(
                UUID.fromString(parts[0].toLowerCase(Locale.ROOT)), key -> new ArrayList<>());
        for (int i = 1; i < parts.length; i++) {
          String[] ends = parts[i].split("-", -1);
          ofSource.add(new Range(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1])));
        }
      }
    }
    return new GtidRanges(ranges);
  }

  boolean isEmpty() {
    return ranges.values().stream().allMatch(List::isEmpty);
  }

  boolean contains(UUID source, long number) {
    return ranges.getOrDefault(source, List.of()).stream()
        .anyMatch(range -> range.first() <= number && number <= range.last());
  }

  /** Whether one range of a source has its transactions from the first to a number. */
  boolean containsAll(UUID source, long number) {
    return ranges.containsKey(source)
        && (number == 0
            || ranges.get(source).stream()
                .anyMatch(range -> range.first() == 1 && range.last() >= number));
  }

  /** What is in this set and not in another one. */
  GtidRanges minus(GtidRanges other) {
    Map<UUID, List<Range>> left = new HashMap<>();
    ranges.forEach(
        (source, own) -> {
          List<Range> rest = own;
          for (Range taken : other.ranges.getOrDefault(source, List.of())) {
            rest = rest.stream().flatMap(range -> without(range, taken)).toList();
          }
          if (!rest.isEmpty()) {
            left.put(source, rest);
          }
        });
    return new GtidRanges(left);
  }

  private static Stream<Range> without(Range range, Range taken) {
    return Stream.of(
            new Range(range.first(), Math.min(range.last(), taken.first() - 1)),
            new Range(Math.max(range.first(), taken.last() + 1), range.last()))
        .filter(rest -> rest.first() <= rest.last());
  }

  @Override
  public String toString() {
    return ranges.entrySet().stream()
        .map(
            source ->
                source.getKey()
                    + source.getValue().stream()
                        .map(
                            range ->
                                range.first() == range.last()
                                    ? ":" + range.first()
                                    : ":" + range.first() + "-" + range.last())
                        .collect(Collectors.joining()))
        .sorted()
        .collect(Collectors.joining(","));
  }
}
