package io.martlet.samples.fetch.options;

import io.martlet.async.AsyncSessionBuilder;
import io.martlet.async.RequestSpec;
import io.martlet.auth.Authentication;
import io.martlet.auth.Basic;
import io.martlet.auth.Bearer;
import io.martlet.auth.Digest;
import io.martlet.auth.Netrc;
import io.martlet.http.Url;
import io.martlet.samples.fetch.text.Secrets;
import io.martlet.samples.fetch.values.BodyValues;
import io.martlet.samples.fetch.values.OptionException;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who is asking. Their values are secrets, and in no message. */
public final class LoginArguments {
    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER:PASSWORD",
            description = "User and password, sent to the host of the first URL and to no other")
    private @Nullable String user;

    @Option(
            names = "--digest",
            description = "Send no password, but answer the server's challenge by Digest; with --user")
    private boolean digest;

    @Option(
            names = "--bearer",
            paramLabel = "TOKEN",
            description = "Bearer token, sent to the host of the first URL and to no other")
    private @Nullable String bearer;

    @Option(
            names = "--netrc",
            description = "Users and passwords for each host from ~/.netrc, or the file that the variable NETRC names")
    private boolean netrc;

    @Option(
            names = "--cookie-jar",
            paramLabel = "FILE",
            description = "Keep cookies from one run to the next in FILE, in Netscape's format as curl does")
    private @Nullable String cookieJar;

    private @Nullable Authentication who;
    private @Nullable String origin;

    /** Refuses what does not go together, and reads the rest. */
    public void check() {
        if (Stream.of(user != null, bearer != null, netrc)
                        .filter(given -> given)
                        .count()
                > 1) {
            throw OptionException.usage("Give one of --user, --bearer and --netrc");
        }
        if (digest && user == null) {
            throw OptionException.usage("--digest needs --user");
        }
        if (user != null) {
            who = withPassword(user);
        } else if (bearer != null) {
            who = token(bearer);
        }
    }

    /** The file of the cookies; null for none. */
    @Nullable
    String cookieJar() {
        return cookieJar;
    }

    /** The cookies of the file, or null where they need not be kept. */
    @Nullable
    public KeptCookies keptCookies() {
        return cookieJar == null ? null : KeptCookies.load("--cookie-jar", BodyValues.path("--cookie-jar", cookieJar));
    }

    public void describe(AsyncSessionBuilder session) {
        if (netrc) {
            session.auth(ofNetrc());
        }
    }

    /** Lets a request to {@code url} log in, if it is meant. Called in the order of the URLs, by one thread at a time. */
    public void describe(RequestSpec request, Url url) {
        noteFirst(url);
        if (isMeant(url)) {
            request.auth(who);
        }
    }

    /** Whether it is still open which origin gets the secret: that of the first URL, even if that is not fetched. */
    boolean awaitsFirst() {
        return who != null && origin == null;
    }

    /** Takes note of a URL, fetched or not: the origin of the first is the one that gets the secret. */
    void noteFirst(Url url) {
        if (awaitsFirst()) {
            origin = url.origin();
        }
    }

    /** A list may hold URLs of anybody's: only the origin of the first gets the secret. */
    private boolean isMeant(Url url) {
        return who != null && url.origin().equals(origin) && url.username() == null;
    }

    private Authentication withPassword(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw OptionException.of("--user", "must be USER:PASSWORD, and there is no colon");
        }
        String name = text.substring(0, colon);
        String password = text.substring(colon + 1);
        try {
            if (digest) {
                return new Digest(name, password);
            }
            return new Basic(name, password);
        } catch (IllegalArgumentException e) {
            throw OptionException.of("--user", String.valueOf(e.getMessage()));
        }
    }

    private static Authentication token(String text) {
        try {
            return new Bearer(text);
        } catch (IllegalArgumentException e) {
            throw OptionException.of("--bearer", String.valueOf(e.getMessage()));
        }
    }

    private static Authentication ofNetrc() {
        try {
            return Netrc.ofUser();
        } catch (IOException e) {
            throw OptionException.usage("--netrc: cannot read the file: " + OptionException.reason(e));
        } catch (IllegalArgumentException e) {
            throw OptionException.usage("--netrc: " + e.getMessage());
        }
    }

    public void describe(CurlCommand curl, Url url) {
        noteFirst(url);
        boolean isMeant = isMeant(url);
        if (isMeant && user != null) {
            curl.addSecret("--user", user, user.substring(0, Math.max(0, user.indexOf(':'))) + ":" + Secrets.HIDDEN);
        }
        if (isMeant && digest) {
            curl.add("--digest");
        }
        if (isMeant && bearer != null) {
            curl.addSecret("--oauth2-bearer", bearer, Secrets.HIDDEN);
        }
        if (netrc) {
            curl.add("--netrc-optional");
        }
        curl.add("--cookie", cookieJar).add("--cookie-jar", cookieJar);
    }
}
