package io.martlet.samples.fetch.options;

import io.martlet.samples.fetch.text.Printable;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A command line of curl, quoted for the shell; bash where it holds control characters. Not thread-safe. */
public final class CurlCommand {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_./:@%+,-]+");

    private final StringBuilder text = new StringBuilder("curl");
    private final boolean showSecrets;

    public CurlCommand(boolean showSecrets) {
        this.showSecrets = showSecrets;
    }

    /** Adds an option without a value, or a URL. */
    public CurlCommand add(String word) {
        text.append(' ').append(quoted(word));
        return this;
    }

    /** Adds an option if it has a value. */
    public CurlCommand add(String option, @Nullable Object value) {
        return value == null ? this : add(option).add(value.toString());
    }

    /** Adds a limit in seconds, if there is one. */
    CurlCommand addSeconds(String option, @Nullable Duration time) {
        return time == null || time.isZero() ? this : add(option, Double.toString(time.toMillis() / 1e3));
    }

    /** Adds an option whose value may be shown as {@code hidden} only. */
    public CurlCommand addSecret(String option, String value, String hidden) {
        return add(option).add(showSecrets ? value : hidden);
    }

    public boolean showsSecrets() {
        return showSecrets;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** The name of a file as {@code --form} takes it: a comma would begin another, a semicolon a type. */
    static String fileOfForm(String name) {
        boolean isPlain = name.chars().noneMatch(c -> ",;\"\\".indexOf(c) >= 0) && name.equals(name.strip());
        return isPlain ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String quoted(String word) {
        if (HARMLESS.matcher(word).matches()) {
            return word;
        }
        if (word.equals(Printable.of(word))) {
            return "'" + word.replace("'", "'\\''") + "'";
        }
        StringBuilder escaped = new StringBuilder("$'");
        word.codePoints().forEach(c -> {
            String one = Character.toString(c);
            if (c == '\'' || c == '\\') {
                escaped.append('\\').append(one);
            } else if (c == '\n') {
                escaped.append("\\n");
            } else if (one.equals(Printable.of(one))) {
                escaped.append(one);
            } else {
                escaped.append(String.format(Locale.ROOT, c > 0xffff ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return escaped.append('\'').toString();
    }
}
