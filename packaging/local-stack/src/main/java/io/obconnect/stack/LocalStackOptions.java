package io.obconnect.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * How a stack is set up. Immutable.
 *
 * @param projectRoot folder of the whole project, below which the build's results are found
 * @param baseDir folder for the data and logs of this stack only
 * @param cacheDir folder for downloaded engines, shared by all stacks
 * @param keepData whether {@code close()} leaves the base folder
 * @param detached whether engines outlive this JVM; {@code close()} still ends them
 * @param oceanbaseParameters start parameters of OceanBase, sizes like {@code 2G}
 * @param morePlugins folders whose plugins Kafka Connect gets besides the project's own
 * @param external existing engines to use in place of the first own ones
 * @param progress receives a line when something long begins, such as a download
 */
public record LocalStackOptions(
    Path projectRoot,
    Path baseDir,
    Path cacheDir,
    boolean keepData,
    boolean detached,
    Map<String, String> oceanbaseParameters,
    List<Path> morePlugins,
    ExternalEngines external,
    Consumer<String> progress) {

  private static final String KEEP_PROPERTY = "obconnect.keep";
  private static final String CACHE_VARIABLE = "OBCONNECT_CACHE";
  private static final Map<String, String> OCEANBASE_PARAMETERS =
      Map.of("memory_budget", "1G", "log_disk_size", "2G", "datafile_size", "2G");

  /** Copies the collections. */
  public LocalStackOptions {
    morePlugins = List.copyOf(morePlugins);
    oceanbaseParameters = Map.copyOf(oceanbaseParameters);
  }

  /**
   * Own engines below {@code target/stack} of the project, removed at the end; downloads in {@code
   * .cache/engines} of the project or in the folder named by the environment variable
   * OBCONNECT_CACHE. The system property {@code obconnect.keep=true} leaves data and logs in place.
   */
  public static LocalStackOptions defaults() {
    Path root = ProjectRoot.find();
    String cache = System.getenv(CACHE_VARIABLE);
    String unique = ProcessHandle.current().pid() + "-" + Passwords.random().substring(0, 8);
    return new LocalStackOptions(
        root,
        root.resolve("target/stack").resolve(unique),
        cache == null || cache.isBlank()
            ? root.resolve(".cache/engines")
            : Path.of(cache).toAbsolutePath(),
        Boolean.getBoolean(KEEP_PROPERTY),
        false,
        OCEANBASE_PARAMETERS,
        List.of(),
        provided(),
        System.err::println);
  }

  private static ExternalEngines provided() {
    return ServiceLoader.load(ExternalEnginesProvider.class)
        .findFirst()
        .map(ExternalEnginesProvider::start)
        .orElseGet(ExternalEngines::none);
  }

  /** With another folder for data and logs. */
  public LocalStackOptions withBaseDir(Path folder) {
    return new LocalStackOptions(
        projectRoot,
        folder.toAbsolutePath(),
        cacheDir,
        keepData,
        detached,
        oceanbaseParameters,
        morePlugins,
        external,
        progress);
  }

  /** With the data and logs left in place at the end, or not. */
  public LocalStackOptions withKeepData(boolean keep) {
    return new LocalStackOptions(
        projectRoot,
        baseDir,
        cacheDir,
        keep,
        detached,
        oceanbaseParameters,
        morePlugins,
        external,
        progress);
  }

  /** With engines that outlive this JVM, or not. */
  public LocalStackOptions withDetached(boolean outlive) {
    return new LocalStackOptions(
        projectRoot,
        baseDir,
        cacheDir,
        keepData,
        outlive,
        oceanbaseParameters,
        morePlugins,
        external,
        progress);
  }

  /** With one start parameter of OceanBase changed. */
  public LocalStackOptions withOceanbaseParameter(String name, String value) {
    Map<String, String> parameters = new LinkedHashMap<>(oceanbaseParameters);
    parameters.put(name, value);
    return new LocalStackOptions(
        projectRoot,
        baseDir,
        cacheDir,
        keepData,
        detached,
        parameters,
        morePlugins,
        external,
        progress);
  }

  /** With the plugins in a folder, each in its own folder, besides the project's own. */
  public LocalStackOptions withPlugins(Path folder) {
    List<Path> folders = new ArrayList<>(morePlugins);
    folders.add(folder);
    return new LocalStackOptions(
        projectRoot,
        baseDir,
        cacheDir,
        keepData,
        detached,
        oceanbaseParameters,
        folders,
        external,
        progress);
  }

  /** With existing engines in place of own ones. */
  public LocalStackOptions withExternal(ExternalEngines engines) {
    return new LocalStackOptions(
        projectRoot,
        baseDir,
        cacheDir,
        keepData,
        detached,
        oceanbaseParameters,
        morePlugins,
        engines,
        progress);
  }

  /** With another listener for progress. */
  public LocalStackOptions withProgress(Consumer<String> listener) {
    return new LocalStackOptions(
        projectRoot,
        baseDir,
        cacheDir,
        keepData,
        detached,
        oceanbaseParameters,
        morePlugins,
        external,
        listener);
  }
}
