package io.obconnect.sink;

/**
 * Bounds of the work in memory and in flight.
 *
 * @param windowMaxRows changes in one transaction
 * @param windowMaxBytes size of one transaction's records in bytes, estimated; also the length of a
 *     statement in characters
 * @param bufferMaxBytes records waiting in a task above which its partitions are paused, in bytes,
 *     estimated
 * @param releaseTimeoutMs time that a running window is given when its partitions are taken away
 */
record SinkLimits(
    int windowMaxRows, int windowMaxBytes, long bufferMaxBytes, long releaseTimeoutMs) {

  int windowMaxChars() {
    return windowMaxBytes;
  }
}
