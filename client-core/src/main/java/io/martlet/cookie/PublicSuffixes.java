package io.martlet.cookie;

import io.martlet.http.Url;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Domains under which strangers are each other's neighbours: {@code com}, {@code co.uk}, {@code github.io}.
 *
 * <p>They come from the Public Suffix List (https://publicsuffix.org/list/), of the state that it had when this library
 * was built; it is read when it is first asked. A suffix that is not listed counts as one if it has no dot. Hosts are
 * compared as a URL has them: in lower case and ASCII; a dot at the end is of no account. Any thread.
 */
public final class PublicSuffixes {
    private static final String LIST = "effective_tld_names.dat";

    private final Set<String> suffixes = new HashSet<>(1 << 15);

    /** Parents of wildcard rules: of {@code *.ck} it is {@code ck}. */
    private final Set<String> wildcards = new HashSet<>();

    private final Set<String> exceptions = new HashSet<>();

    private PublicSuffixes() {}

    /**
     * {@return whether hosts below {@code domain} are strangers to each other, so that it may have no cookie for all of
     * them}
     *
     * @param domain in ASCII, an international name in its {@code xn--} form
     */
    public static boolean isPublicSuffix(String domain) {
        return BuiltIn.LIST.hasSuffix(domain);
    }

    /**
     * {@return the domain that was registered, under a public suffix, for {@code host} and others; null if it is a suffix
     * itself}
     *
     * @param host in ASCII, an international name in its {@code xn--} form
     */
    public static @Nullable String registrableDomain(String host) {
        return BuiltIn.LIST.registrable(host);
    }

    /** A list in the format of https://github.com/publicsuffix/list/wiki/Format. */
    static PublicSuffixes read(BufferedReader list) throws IOException {
        PublicSuffixes suffixes = new PublicSuffixes();
        for (String line = list.readLine(); line != null; line = list.readLine()) {
            if (!line.isEmpty() && !line.startsWith("//")) {
                suffixes.add(line.split("\\s", 2)[0]);
            }
        }
        return suffixes;
    }

    private void add(String rule) {
        if (rule.startsWith("!")) {
            exceptions.add(inAscii(rule.substring(1)));
        } else if (rule.startsWith("*.")) {
            wildcards.add(inAscii(rule.substring(2)));
        } else {
            suffixes.add(inAscii(rule));
        }
    }

    private static String inAscii(String domain) {
        boolean isAscii = domain.chars().allMatch(c -> c < 0x80);
        return isAscii ? domain : Url.of("http://" + domain).host();
    }

    boolean hasSuffix(String domain) {
        String name = normalized(domain);
        return !exceptions.contains(name) && (isListed(name) || name.indexOf('.') < 0);
    }

    private boolean isListed(String name) {
        return suffixes.contains(name) || wildcards.contains(parent(name));
    }

    @Nullable
    String registrable(String host) {
        String name = normalized(host);
        if (name.startsWith(".") || name.contains("..") || hasSuffix(name)) {
            return null;
        }
        // The suffix of an exception is what is above it, listed or not.
        while (!exceptions.contains(name) && !hasSuffix(parent(name))) {
            name = parent(name);
        }
        return name;
    }

    private static String normalized(String domain) {
        String name = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        return name.toLowerCase(Locale.ROOT);
    }

    private static String parent(String domain) {
        int dot = domain.indexOf('.');
        return dot < 0 ? "" : domain.substring(dot + 1);
    }

    private static final class BuiltIn {
        static final PublicSuffixes LIST = read();

        private static PublicSuffixes read() {
            try (InputStream list = PublicSuffixes.class.getResourceAsStream(PublicSuffixes.LIST)) {
                if (list == null) {
                    throw new IllegalStateException(PublicSuffixes.LIST + " is missing beside PublicSuffixes");
                }
                return PublicSuffixes.read(new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
