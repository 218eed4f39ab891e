package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SourceEvidenceTest {
  private final SourceEvidence evidence = new SourceEvidence();

  private static SourcePosition at(long timestampMs) {
    return new SourcePosition("gtid:" + timestampMs, timestampMs);
  }

  @Test
  void whatWasKnownAtSomeTimeIsTold() {
    evidence.applied(at(50), 1);
    evidence.applied(at(70), 3);
    assertEquals(SourcePosition.UNKNOWN, evidence.at(0));
    assertEquals(at(50), evidence.at(2));
    assertEquals(at(70), evidence.newest());
    assertEquals(at(70), evidence.at(3));
    assertEquals(at(70), evidence.at(9));
  }

  @Test
  void heartbeatKeepsThePositionOfTheLastChange() {
    evidence.applied(at(50), 1);
    evidence.told(60, 2);
    assertEquals(new SourcePosition("gtid:50", 60), evidence.at(2));
  }

  /** The connector's clock says nothing of the log while the connector is behind. */
  @Test
  void heartbeatOfAConnectorThatIsBehindIsRefutedByItsNextRecord() {
    evidence.applied(at(50), 1);
    evidence.told(1_000, 2);
    evidence.reading(at(60));
    evidence.applied(at(60), 3);
    assertEquals(at(60), evidence.at(9));
  }

  @Test
  void heartbeatIsRefutedAlsoAfterItWasTold() {
    evidence.told(1_000, 2);
    assertEquals(1_000, evidence.at(3).timestampMs());
    evidence.reading(at(60));
    assertEquals(SourcePosition.UNKNOWN, evidence.at(4));
    evidence.applied(at(60), 5);
    assertEquals(at(60), evidence.at(6));
  }

  @Test
  void rowOfASnapshotRefutesAllHeartbeats() {
    evidence.told(1_000, 2);
    evidence.reading(SourcePosition.UNKNOWN);
    assertEquals(SourcePosition.UNKNOWN, evidence.at(9));
  }

  /** Partitions are delivered one before the other. */
  @Test
  void laterPartitionDoesNotRefuteWhatWasApplied() {
    evidence.applied(at(50), 1);
    evidence.reading(at(40));
    evidence.applied(at(40), 2);
    assertEquals(at(50), evidence.at(9));
  }
}
