package io.martlet.samples.fetch.options;

import io.martlet.cookie.CookieFile;
import io.martlet.cookie.MemoryCookieJar;
import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The cookies of a run that were in a file before, and will be in it afterwards. */
public final class KeptCookies {
    private final CookieFile file;
    private final MemoryCookieJar jar = new MemoryCookieJar();

    private KeptCookies(CookieFile file) {
        this.file = file;
    }

    /** Those in the file; none if there is no file yet. Refuses one that could not be written afterwards. */
    static KeptCookies load(String option, Path path) {
        try {
            // What a link leads to is replaced, not the link.
            Path file = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw OptionException.of(option, "'" + path + "' is no regular file");
            }
            Path folder = file.getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                throw OptionException.of(option, "cannot write '" + path + "': no such folder");
            }
            if (!Files.isWritable(folder)) {
                throw OptionException.of(option, "cannot write '" + path + "': access denied to its folder");
            }
            KeptCookies kept = new KeptCookies(CookieFile.netscape(file));
            if (Files.exists(file)) {
                kept.jar.replaceAll(kept.file.load());
            }
            return kept;
        } catch (IOException e) {
            throw OptionException.of(option, "cannot read '" + path + "'", e);
        }
    }

    public MemoryCookieJar jar() {
        return jar;
    }

    public void save() throws IOException {
        file.save(jar.cookies());
    }
}
