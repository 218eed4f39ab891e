package io.obconnect.stack;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Decides at which byte towards a client a {@link FaultProxy} cuts a connection. Connections may be
 * any objects. Used by one thread at a time.
 */
interface AnswerCut {
  /** Lets everything pass. */
  AnswerCut NEVER =
      new AnswerCut() {
        @Override
        public void request(Object connection, String bytes) {
          // No request matters.
        }

        @Override
        public int allowed(Object connection, int length) {
          return length;
        }
      };

  /** Sees bytes of a request, one character a byte, in the order of their connection. */
  void request(Object connection, String bytes);

  /** How many of the next bytes towards a client may pass; fewer than all: cut after them. */
  int allowed(Object connection, int length);

  /** Cuts whichever connection would carry more than so many bytes, counted over all of them. */
  static AnswerCut after(long bytes) {
    return new AnswerCut() {
      private long left = bytes;

      @Override
      public void request(Object connection, String request) {
        // Only answers are counted.
      }

      @Override
      public int allowed(Object connection, int length) {
        int allowed = (int) Math.min(left, length);
        left -= allowed;
        return allowed;
      }
    };
  }

  /** Cuts the first answer on a connection that a text was sent on. */
  static AnswerCut to(String text) {
    return new AnswerCut() {
      private final Map<Object, String> tails = new HashMap<>();
      private final Set<Object> asked = new HashSet<>();

      @Override
      public void request(Object connection, String bytes) {
        // The text may begin in one packet of the network and end in the next.
        String seen = tails.getOrDefault(connection, "") + bytes;
        if (seen.contains(text)) {
          asked.add(connection);
        }
        tails.put(connection, seen.substring(Math.max(0, seen.length() - text.length() + 1)));
      }

      @Override
      public int allowed(Object connection, int length) {
        return asked.contains(connection) ? 0 : length;
      }
    };
  }
}
