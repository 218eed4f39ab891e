package io.obconnect.model;

/**
 * The expression a generated column is computed from.
 *
 * @param expression SQL, without the outer parentheses
 * @param stored whether the server stores the value (STORED) or computes it on reading (VIRTUAL)
 */
public record GeneratedValue(String expression, boolean stored) {}
