/** Engines from container images, for machines that have Docker. */
package io.obconnect.docker;
