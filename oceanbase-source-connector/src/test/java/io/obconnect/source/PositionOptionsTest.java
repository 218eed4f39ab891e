package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PositionOptionsTest {
  private static final String LOST = PositionOptions.ON_LOST;
  private static final String MODE = SourceDefaults.SNAPSHOT_MODE;

  private static Set<String> found(Map<String, String> options) {
    return PositionOptions.findings(SourceDefaults.MYSQL.complete(options)).keySet();
  }

  @Test
  void resnapshotNeedsASnapshotWithRows() {
    String resnapshot = PositionOptions.RESNAPSHOT;
    assertEquals(Set.of(), found(Map.of(LOST, resnapshot)));
    assertEquals(Set.of(), found(Map.of(LOST, resnapshot, MODE, "when_needed")));
    assertEquals(Set.of(LOST), found(Map.of(LOST, resnapshot, MODE, "no_data")));
    assertEquals(
        Set.of(LOST), found(Map.of(LOST, resnapshot, CopyOptions.ENCODING, CopyOptions.BLOCKS)));
  }

  @Test
  void modeThatResnapshotsContradictsFailure() {
    assertEquals(Set.of(), found(Map.of()));
    assertEquals(Set.of(MODE), found(Map.of(MODE, "when_needed")));
  }

  @Test
  void startCopiesNothing() {
    String start = PositionOptions.START;
    assertEquals(Set.of(), found(Map.of(start, "latest")));
    assertEquals(Set.of(start), found(Map.of(start, "latest", MODE, "initial")));
    assertEquals(
        Set.of(start), found(Map.of(start, "latest", CopyOptions.ENCODING, CopyOptions.BLOCKS)));
    assertEquals(Set.of(LOST), found(Map.of(start, "latest", LOST, PositionOptions.RESNAPSHOT)));
  }
}
