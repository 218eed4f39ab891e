package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskRoleTest {
  private static List<TaskRole> roles(String encoding, int maxTasks) {
    Map<String, String> options =
        Map.of("topic.prefix", "shop", CopyOptions.ENCODING, encoding, CopyOptions.TASKS, "3");
    CopyOptions copy = CopyOptions.of(MySqlSourceConnector.ownDefinition().parse(options), options);
    return TaskRole.divide(options, copy, maxTasks).stream().map(TaskRole::read).toList();
  }

  @Test
  void withoutBlocksThereIsOneTask() {
    assertEquals(List.of(new TaskRole(true, 0, 0)), roles(CopyOptions.ROWS, 8));
  }

  @Test
  void singleTaskStreamsAndCopies() {
    List<TaskRole> roles = roles(CopyOptions.BLOCKS, 1);
    assertEquals(1, roles.size());
    assertTrue(roles.get(0).streams() && roles.get(0).copies());
  }

  @Test
  void oneTaskStreamsAndTheOthersCopy() {
    assertEquals(3, roles(CopyOptions.BLOCKS, 3).size());
    List<TaskRole> roles = roles(CopyOptions.BLOCKS, 10);
    assertEquals(4, roles.size());
    assertTrue(roles.get(0).streams());
    assertFalse(roles.get(0).copies());
    for (int slice = 0; slice < Chunk.SLICES; slice++) {
      int number = slice;
      assertEquals(
          1, roles.stream().filter(role -> role.copies() && role.copiesSlice(number)).count());
    }
  }

  @Test
  void topicsAreNamedAfterThePrefix() {
    Map<String, String> options = Map.of("topic.prefix", "shop");
    CopyOptions copy = CopyOptions.of(MySqlSourceConnector.ownDefinition().parse(options), options);
    assertEquals("shop.copy", copy.topic());
    assertEquals("copy-plan.shop", copy.planTopic());
  }

  @Test
  void whatBlocksNeedIsSaid() {
    Map<String, String> findings =
        CopyOptions.findings(
            Map.of(
                CopyOptions.ENCODING,
                CopyOptions.BLOCKS,
                "include.schema.changes",
                "false",
                "snapshot.mode",
                "initial"));
    assertEquals(3, findings.size());
  }
}
