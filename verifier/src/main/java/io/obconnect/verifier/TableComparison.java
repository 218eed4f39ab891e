package io.obconnect.verifier;

import io.obconnect.model.TableId;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of comparing one table.
 *
 * @param source the table compared on the source
 * @param destination the table compared on the destination
 * @param verdict what was proved
 * @param reason for people: what differs, or what could not be compared; never holds row values
 * @param sourceChecksum the fingerprint the verdict rests on, empty if none was read
 * @param destinationChecksum the fingerprint the verdict rests on, empty if none was read
 */
public record TableComparison(
    TableId source,
    TableId destination,
    Verdict verdict,
    String reason,
    Optional<TableChecksum> sourceChecksum,
    Optional<TableChecksum> destinationChecksum) {

  /** Refuses an EQUAL that does not rest on two complete and identical fingerprints. */
  public TableComparison {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(sourceChecksum, "sourceChecksum");
    Objects.requireNonNull(destinationChecksum, "destinationChecksum");
    if (verdict == Verdict.EQUAL
        && !(sourceChecksum.isPresent()
            && sourceChecksum.equals(destinationChecksum)
            && sourceChecksum.get().complete())) {
      throw new IllegalArgumentException(
          "EQUAL needs two complete, identical checksums: " + source);
    }
  }
}
