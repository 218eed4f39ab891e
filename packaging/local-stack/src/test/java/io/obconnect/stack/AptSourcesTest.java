package io.obconnect.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AptSourcesTest {
  private static final String STANZAS =
      """
      Types: deb
      # a comment
      URIs: http://archive.example/debian
      Suites: bookworm bookworm-updates
      Components: main
      Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

      Types: deb
      URIs: http://archive.example/debian-security
      Suites: bookworm-security
      Components: main
      """;

  @Test
  void securityArchiveIsNotTheMainOne() {
    AptSources.Archive main = main(AptSources.parseStanzas(STANZAS));
    assertEquals("http://archive.example/debian", main.uri());
    assertEquals("/usr/share/keyrings/debian-archive-keyring.gpg", main.signedBy());
  }

  @Test
  void otherVendorWithDebiansSuiteNameIsNotTheMainOne() {
    List<AptSources.Archive> archives =
        AptSources.parseLines(
            """
            deb https://vendor.example/apt bookworm main
            deb [arch=amd64 signed-by=/k.gpg] https://mirror.example/debian bookworm main contrib
            """);
    assertEquals(
        new AptSources.Archive(
            "https://mirror.example/debian",
            List.of("bookworm"),
            List.of("main", "contrib"),
            "/k.gpg"),
        main(archives));
  }

  @Test
  void disabledAndSourceArchivesAreIgnored() {
    assertEquals(
        List.of(), AptSources.parseStanzas(STANZAS.replace("Types: deb", "Types: deb-src")));
    assertEquals(
        List.of(),
        AptSources.parseStanzas("Enabled: no\nTypes: deb\nURIs: http://a/\nSuites: sid\n"));
    assertEquals(
        List.of(), AptSources.parseLines("# deb http://a/ sid main\ndeb-src http://a/ sid main"));
  }

  @Test
  void embeddedKeySurvivesInTheSourceForSid() {
    String key = "\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc";
    String stanza = "Types: deb\nURIs: http://a/debian\nSuites: stable\nComponents: main\n";
    AptSources.Archive main = main(AptSources.parseStanzas(stanza + "Signed-By:" + key + "\n"));
    assertEquals(
        "Types: deb\nURIs: http://a/debian\nSuites: sid\nComponents: main\nSigned-By: "
            + key
            + "\n",
        DebianPackages.sidSource(main));
  }

  @Test
  void noDebianArchiveIsNoArchive() {
    List<AptSources.Archive> archives =
        AptSources.parseLines("deb http://archive.example/ubuntu noble main");
    assertTrue(AptSources.mainArchive(archives, "bookworm").isEmpty());
  }

  private static AptSources.Archive main(List<AptSources.Archive> archives) {
    Optional<AptSources.Archive> main = AptSources.mainArchive(archives, "bookworm");
    return main.orElseThrow();
  }
}
