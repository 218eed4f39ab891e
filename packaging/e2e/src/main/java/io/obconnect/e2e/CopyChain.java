package io.obconnect.e2e;

import java.io.IOException;
import java.util.List;

/**
 * Copies that only together bring rows to their destination. Who made them closes them.
 *
 * @param parts in the order of the rows
 */
record CopyChain(List<RunningCopy> parts) implements RunningCopy {
  /** Copies the list. */
  CopyChain {
    parts = List.copyOf(parts);
  }

  @Override
  public void check() throws Exception {
    for (RunningCopy part : parts) {
      part.check();
    }
  }

  @Override
  public void finish() throws Exception {
    for (RunningCopy part : parts) {
      part.finish();
    }
  }

  @Override
  public void close() throws IOException {
    // The parts are closed each by itself.
  }
}
