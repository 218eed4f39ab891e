/**
 * Quickstart and benchmarks: whole migrations on the engines of local-stack, through the installed
 * plugin archives.
 */
package io.obconnect.e2e;
