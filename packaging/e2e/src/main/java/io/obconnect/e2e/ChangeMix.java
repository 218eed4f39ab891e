package io.obconnect.e2e;

/**
 * What a workload consists of, in percent of its changes.
 *
 * @param keyChanges updates of the primary key
 * @param hotUpdates the share of the updates that hit one of the first 100 rows, in percent of the
 *     updates
 */
record ChangeMix(int inserts, int updates, int deletes, int keyChanges, int hotUpdates) {
  ChangeMix {
    if (inserts + updates + deletes + keyChanges != 100) {
      throw new IllegalArgumentException(
          "shares must add up to 100: %d, %d, %d, %d"
              .formatted(inserts, updates, deletes, keyChanges));
    }
  }

  enum Kind {
    INSERT,
    UPDATE,
    DELETE,
    KEY_CHANGE
  }

  /**
   * The kind that stands at a place.
   *
   * @param percent from 0 to 99
   */
  Kind at(int percent) {
    if (percent < inserts) {
      return Kind.INSERT;
    } else if (percent < inserts + updates) {
      return Kind.UPDATE;
    }
    return percent < inserts + updates + deletes ? Kind.DELETE : Kind.KEY_CHANGE;
  }
}
