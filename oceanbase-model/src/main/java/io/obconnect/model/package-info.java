/**
 * What plugins and verifier share: the definition of a table and its conversion to another engine,
 * the identity and abilities of an engine, connections to it, and what its errors mean.
 *
 * <p>This library carries no service files, so that its jar may lie in several plugin folders of
 * one Connect worker.
 */
package io.obconnect.model;
