package io.obconnect.sink;

/**
 * What keeps a task from writing as fast as it can.
 *
 * @param rowsPerSecond changes, 0 for no limit
 * @param bytesPerSecond size of the changes in bytes, estimated; 0 for no limit
 * @param memstorePercent fullness of the destination's memstore above which the task pauses, 0 for
 *     never
 */
record PaceLimits(long rowsPerSecond, long bytesPerSecond, int memstorePercent) {}
