package io.obconnect.sink;

/** Whether, and when, tables and columns are made from what records say of themselves. */
enum DefinitionSource {
  /** Never: a definition that does not come in time fails the task. */
  NEVER,
  /** When the definition has not come in time. */
  AFTER_WAIT,
  /** As soon as the destination is seen to lack it. */
  AT_ONCE
}
