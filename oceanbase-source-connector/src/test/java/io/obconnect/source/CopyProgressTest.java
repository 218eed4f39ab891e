package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.obconnect.model.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class CopyProgressTest {
  private static final TableId TABLE = new TableId("shop", "orders");
  private static final int CHUNKS = 50;

  private final CopyPlan plan = new CopyPlan();
  private final Map<Map<String, String>, Map<String, Object>> stored = new HashMap<>();

  private void plan(long run) {
    plan.accept(new PlanEntry.Run(TABLE, run, Map.of("pos", 1), 1));
    for (int i = 0; i < CHUNKS; i++) {
      List<String> after = i == 0 ? List.of() : List.of("" + i);
      List<String> to = i == CHUNKS - 1 ? List.of() : List.of("" + (i + 1));
      plan.accept(new PlanEntry.Part(new Chunk(TABLE, run, i, after, to)));
    }
  }

  private CopyProgress progress(IntPredicate slices) {
    return new CopyProgress("shop", slices, stored::get);
  }

  /** Copies some chunks, and has Connect keep the offsets of all but the last ones. */
  private List<Integer> copy(CopyProgress progress, int most, int unstored) {
    List<Integer> copied = new ArrayList<>();
    while (copied.size() < most) {
      Optional<Chunk> next = progress.next(plan);
      if (next.isEmpty()) {
        break;
      }
      Map<String, Object> offset =
          progress.finished(next.get(), plan.copy(TABLE).orElseThrow(), 10);
      if (copied.size() < most - unstored) {
        stored.put(progress.partition(next.get()), offset);
      }
      copied.add(next.get().number());
    }
    return copied;
  }

  @Test
  void tasksShareAllChunksWhateverTheirNumber() {
    plan(1);
    for (int tasks = 1; tasks <= 5; tasks++) {
      int count = tasks;
      Set<Integer> all = new HashSet<>();
      int copied = 0;
      for (int task = 0; task < count; task++) {
        int number = task;
        List<Integer> mine = copy(progress(slice -> slice % count == number), CHUNKS, CHUNKS);
        all.addAll(mine);
        copied += mine.size();
      }
      assertEquals(CHUNKS, all.size());
      assertEquals(CHUNKS, copied);
    }
  }

  @Test
  void anotherNumberOfTasksGoesOnWhereTheOffsetsStand() {
    plan(1);
    Set<Integer> copied = new HashSet<>(copy(progress(slice -> true), 20, 3));
    List<Integer> again = new ArrayList<>();
    for (int task = 0; task < 3; task++) {
      int number = task;
      again.addAll(copy(progress(slice -> slice % 3 == number), CHUNKS, 0));
    }
    assertEquals(CHUNKS - 17, again.size());
    copied.addAll(again);
    assertEquals(CHUNKS, copied.size());
  }

  @Test
  void offsetsOfAnEarlierRunSayNothingOfALaterOne() {
    plan(1);
    CopyProgress progress = progress(slice -> true);
    copy(progress, CHUNKS, 0);
    plan(2);
    assertEquals(CHUNKS, copy(progress, CHUNKS, 0).size());
    assertEquals(0, copy(progress(slice -> true), CHUNKS, 0).size());
  }

  @Test
  void chunksThatArePlannedLaterFollow() {
    plan.accept(new PlanEntry.Run(TABLE, 1, Map.of("pos", 1), 1));
    CopyProgress progress = progress(slice -> true);
    assertEquals(Optional.empty(), progress.next(plan));
    plan.accept(new PlanEntry.Part(new Chunk(TABLE, 1, 0, List.of(), List.of())));
    assertEquals(0, progress.next(plan).orElseThrow().number());
    assertEquals(Optional.empty(), progress.next(plan));
  }

  /** Connect compares partitions by the bytes of their JSON, across workers. */
  @Test
  void aPartitionIsSpelledAlikeByEveryWorkerAndByConnect() throws JsonProcessingException {
    plan(1);
    Chunk chunk = progress(slice -> true).next(plan).orElseThrow();
    Map<String, String> partition = progress(slice -> true).partition(chunk);
    ObjectMapper json = new ObjectMapper();
    String text = json.writeValueAsString(partition);

    assertEquals(
        "{\"server\":\"shop\",\"slice\":\"%d\",\"table\":\"shop.orders\"}".formatted(chunk.slice()),
        text);
    assertEquals(text, json.writeValueAsString(json.readValue(text, HashMap.class)));
  }
}
