/**
 * The real engines (MySQL, OceanBase, Kafka, Kafka Connect) as child processes of this JVM, shared
 * by a JUnit extension and the command {@code bin/stack}.
 */
package io.obconnect.stack;
