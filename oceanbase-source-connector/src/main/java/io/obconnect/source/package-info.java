/**
 * Kafka Connect sources: MySQL's changes, captured by Debezium's binlog connector family and made
 * proof against what that loses.
 */
package io.obconnect.source;
