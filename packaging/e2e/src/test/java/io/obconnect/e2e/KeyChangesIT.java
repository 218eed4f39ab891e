package io.obconnect.e2e;

import io.obconnect.stack.ConnectWorker;
import io.obconnect.stack.KafkaBroker;
import io.obconnect.stack.LocalStackExtension;
import io.obconnect.stack.MySqlServer;
import io.obconnect.stack.OceanBaseServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Debezium makes two records of a change of the primary key, a delete and a create; in a topic with
 * several partitions they land on different ones, and so in different tasks.
 */
@ExtendWith(LocalStackExtension.class)
class KeyChangesIT {
  private static final int ROWS = 60;
  private static final int KEYS = 80;
  private static final int CHANGES = 600;

  @Test
  void rowsThatChangeTheirKeysEndRightWhateverPartitionsTheyLandOn(
      MySqlServer mysql, OceanBaseServer oceanbase, KafkaBroker kafka, ConnectWorker connect)
      throws Exception {
    try (Migration migration =
        new Migration("moves", mysql, oceanbase, kafka, connect)
            .withPartitions(4)
            .withSink("tasks.max", "2")
            .withSink("lanes.per.task", "3")) {
      migration
          .prepare(
              "CREATE TABLE t (id INT PRIMARY KEY, n INT NOT NULL, former INT)",
              IntStream.range(0, ROWS)
                  .mapToObj(id -> "(" + id + ",0,NULL)")
                  .collect(Collectors.joining(",", "INSERT INTO t VALUES ", "")))
          .start()
          .awaitCaughtUp();

      migration.onSource(moves(new Random(4))).awaitCaughtUp().assertEqual("t");
    }
  }

  /** Few keys are free, so that every one of them is left and taken again and again. */
  private static String[] moves(Random random) {
    List<Integer> free = new ArrayList<>(IntStream.range(ROWS, KEYS).boxed().toList());
    List<Integer> taken = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
    String[] statements = new String[CHANGES];
    for (int i = 0; i < CHANGES; i++) {
      int from = taken.remove(random.nextInt(taken.size()));
      int to = free.remove(random.nextInt(free.size()));
      statements[i] =
          "UPDATE t SET id = %d, n = n + 1, former = %d WHERE id = %d".formatted(to, from, from);
      free.add(from);
      taken.add(to);
    }
    return statements;
  }
}
