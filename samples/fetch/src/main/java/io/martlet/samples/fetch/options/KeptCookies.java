package io.martlet.samples.fetch.options;

import io.martlet.cookie.CookieFile;
import io.martlet.cookie.MemoryCookieJar;
import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The cookies of a run that were in a file before, and will be in it afterwards. */
public final class KeptCookies {
    private final CookieFile file;
    private final MemoryCookieJar jar = new MemoryCookieJar();

    private KeptCookies(CookieFile file) {
        this.file = file;
    }

    /** Those in the file; none if there is no file yet. */
    static KeptCookies load(String option, Path path) {
        KeptCookies kept = new KeptCookies(CookieFile.netscape(path));
        try {
            kept.jar.replaceAll(kept.file.load());
        } catch (NoSuchFileException e) {
            return kept;
        } catch (IOException e) {
            throw OptionException.of(option, "cannot read '" + path + "'", e);
        }
        return kept;
    }

    public MemoryCookieJar jar() {
        return jar;
    }

    public void save() throws IOException {
        file.save(jar.cookies());
    }
}
