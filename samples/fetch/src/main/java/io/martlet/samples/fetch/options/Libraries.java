package io.martlet.samples.fetch.options;

import io.martlet.samples.fetch.Main;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The libraries that few command lines need, the demo server's and Ktor's, lie in a folder of their own: to find that a class
 * is absent the JVM opens each jar of its class path, and it asks for such classes whenever it starts.
 */
public final class Libraries {
    public static final String DEMO_SERVER = "io.martlet.samples.demo.DemoServer";
    static final String KTOR = "io.ktor.client.engine.cio.CIO";

    /** Set by the start script: the folder. */
    private static final String MORE = "martlet.more";

    private Libraries() {}

    /**
     * Goes on if there is a class of that name. Otherwise the command begins anew with all libraries, and this never returns.
     * To be called before anything is done.
     */
    public static void need(String name) {
        String folder = System.getProperty(MORE);
        if (folder == null || isPresent(name)) {
            return;
        }
        try (Stream<Path> jars = Files.list(Path.of(folder))) {
            List<URL> all = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                all.add(Path.of(entry).toUri().toURL());
            }
            for (Path jar : jars.sorted().toList()) {
                all.add(jar.toUri().toURL());
            }
            beginAnew(new URLClassLoader(all.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("The libraries in " + folder + " cannot be used", e);
        }
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, Libraries.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /** The JVM ends with what begins here, and the loader with it. */
    private static void beginAnew(ClassLoader all) throws ReflectiveOperationException {
        Thread.currentThread().setContextClassLoader(all);
        Class<?> main = Class.forName(Main.class.getName(), true, all);
        main.getMethod("main", String[].class).invoke(null, (Object) Main.given());
    }
}
