package io.obconnect.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StackMainTest {
  @Test
  void wrongAddressIsAWrongUseAndStartsNothing() {
    StringWriter errors = new StringWriter();
    CommandLine command = StackMain.commandLine().setErr(new PrintWriter(errors));
    assertEquals(2, command.execute("up", "--mysql", "nowhere"));
    assertTrue(errors.toString().contains("nowhere"), errors.toString());
  }
}
