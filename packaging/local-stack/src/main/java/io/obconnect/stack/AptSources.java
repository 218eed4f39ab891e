package io.obconnect.stack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The package sources that apt is configured with, in both of its file formats. */
final class AptSources {
  private static final Set<String> DEBIAN_SUITES =
      Set.of("stable", "oldstable", "testing", "unstable", "sid");

  private AptSources() {}

  /**
   * One archive.
   *
   * @param signedBy a keyring's path or an embedded key, empty when apt's default keyrings apply
   */
  record Archive(String uri, List<String> suites, List<String> components, String signedBy) {}

  /** Stanzas of "Field: value" lines (deb822, {@code *.sources}). */
  static List<Archive> parseStanzas(String text) {
    List<Archive> archives = new ArrayList<>();
    Map<String, String> fields = new LinkedHashMap<>();
    String last = "";
    for (String line : (text + "\n").split("\n", -1)) {
      if (line.isBlank()) {
        addStanza(archives, fields);
        fields.clear();
      } else if (Character.isWhitespace(line.charAt(0))) {
        fields.merge(last, line, (value, more) -> value + "\n" + more);
      } else if (!line.startsWith("#") && line.contains(":")) {
        last = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
        fields.put(last, line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return archives;
  }

  /** One archive a line ({@code sources.list}, {@code *.list}). */
  static List<Archive> parseLines(String text) {
    return text.lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> line.matches("deb\\s.*"))
        .map(AptSources::parseLine)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * The main Debian archive among all configured ones.
   *
   * @param codename of the installed release, for example {@code bookworm}
   */
  static Optional<Archive> mainArchive(List<Archive> archives, String codename) {
    return archives.stream()
        .filter(archive -> archive.components().contains("main"))
        .filter(archive -> archive.suites().stream().anyMatch(suite -> isMain(suite, codename)))
        .min(Comparator.comparing(AptSources::strangeness));
  }

  private static boolean isMain(String suite, String codename) {
    return suite.equals(codename) || DEBIAN_SUITES.contains(suite);
  }

  /** Other vendors name their suites like Debian's; Debian's own keyring and path tell. */
  private static int strangeness(Archive archive) {
    if (archive.signedBy().contains("debian-archive")) {
      return 0;
    }
    return archive.uri().contains("debian") ? 1 : 2;
  }

  private static void addStanza(List<Archive> archives, Map<String, String> fields) {
    boolean enabled = !fields.getOrDefault("enabled", "yes").equals("no");
    if (enabled && words(fields.getOrDefault("types", "")).contains("deb")) {
      String signedBy = fields.getOrDefault("signed-by", "");
      for (String uri : words(fields.getOrDefault("uris", ""))) {
        archives.add(
            new Archive(
                uri,
                words(fields.getOrDefault("suites", "")),
                words(fields.getOrDefault("components", "")),
                signedBy));
      }
    }
  }

  private static Optional<Archive> parseLine(String line) {
    String options =
        line.matches("deb\\s+\\[.*") ? line.replaceFirst("[^\\[]*\\[([^]]*)].*", "$1") : "";
    List<String> parts = words(line.replaceFirst("\\[[^]]*]", ""));
    if (parts.size() < 3) {
      return Optional.empty();
    }
    String signedBy =
        words(options).stream()
            .filter(option -> option.startsWith("signed-by="))
            .map(option -> option.substring("signed-by=".length()))
            .findFirst()
            .orElse("");
    return Optional.of(
        new Archive(parts.get(1), List.of(parts.get(2)), parts.subList(3, parts.size()), signedBy));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
