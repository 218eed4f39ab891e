package io.obconnect.stack;

import java.nio.file.Path;

/** Where {@code bin/stack} keeps the stack that it leaves running. */
final class StackFiles {
  private StackFiles() {}

  static Path state() {
    return folder().resolve("state.json");
  }

  static Path data() {
    return folder().resolve("data");
  }

  private static Path folder() {
    return ProjectRoot.find().resolve(".cache/stack");
  }
}
