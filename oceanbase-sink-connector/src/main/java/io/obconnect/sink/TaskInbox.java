package io.obconnect.sink;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What other threads want the task's thread to do. Thread-safe. */
final class TaskInbox {
  private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();

  void send(Runnable message) {
    messages.add(message);
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Carries out what was sent so far. For the task's thread. */
  void deliver() {
    for (int waiting = messages.size(); waiting > 0; waiting--) {
      Runnable message = messages.poll();
      if (message != null) {
        message.run();
      }
    }
  }
}
