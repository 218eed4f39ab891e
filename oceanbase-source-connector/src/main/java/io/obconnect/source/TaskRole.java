package io.obconnect.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one task of a connector does.
 *
 * @param streams whether it reads the log, and plans the copy
 * @param copyNumber its number among the tasks that copy, from 0
 * @param copyCount how many tasks copy; 0 if this one does not
 */
record TaskRole(boolean streams, int copyNumber, int copyCount) {
  private static final String STREAMS = "task.streams";
  private static final String COPY_NUMBER = "task.copy.number";
  private static final String COPY_COUNT = "task.copy.count";

  /** The configurations of all tasks. */
  static List<Map<String, String>> divide(
      Map<String, String> options, CopyOptions copy, int maxTasks) {
    List<Map<String, String>> tasks = new ArrayList<>();
    if (!copy.blocks()) {
      tasks.add(new TaskRole(true, 0, 0).write(options));
    } else if (maxTasks == 1) {
      tasks.add(new TaskRole(true, 0, 1).write(options));
    } else {
      int copies = Math.min(copy.tasks(), maxTasks - 1);
      tasks.add(new TaskRole(true, 0, 0).write(options));
      for (int i = 0; i < copies; i++) {
        tasks.add(new TaskRole(false, i, copies).write(options));
      }
    }
    return tasks;
  }

  private Map<String, String> write(Map<String, String> options) {
    Map<String, String> task = new HashMap<>(options);
    task.put(STREAMS, Boolean.toString(streams));
    task.put(COPY_NUMBER, Integer.toString(copyNumber));
    task.put(COPY_COUNT, Integer.toString(copyCount));
    return task;
  }

  /** The role that a task's configuration holds. */
  static TaskRole read(Map<String, String> options) {
    return new TaskRole(
        Boolean.parseBoolean(options.getOrDefault(STREAMS, "true")),
        Integer.parseInt(options.getOrDefault(COPY_NUMBER, "0")),
        Integer.parseInt(options.getOrDefault(COPY_COUNT, "0")));
  }

  boolean copies() {
    return copyCount > 0;
  }

  /** Whether a slice of the copy is this task's. */
  boolean copiesSlice(int slice) {
    return slice % copyCount == copyNumber;
  }
}
