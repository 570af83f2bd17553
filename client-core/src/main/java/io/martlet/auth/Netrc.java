package io.martlet.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users and passwords of a {@code .netrc} file, each for one host, sent as {@link Basic}. Nothing is read unless it is
 * asked for here.
 *
 * <p>The file knows hosts, not ports or schemes: a password goes to its host over http too. A header {@code Authorization}
 * goes before it.
 */
public final class Netrc implements Authentication {
    private final Map<String, Basic> machines;
    private final @Nullable Basic other;

    private Netrc(NetrcParser parsed) {
        machines = Map.copyOf(parsed.machines());
        other = parsed.other();
    }

    /**
     * {@return the file that the variable {@code NETRC} of the environment names, or {@code .netrc} in the user's home,
     * or {@code _netrc} there on Windows} A file that is not there holds nobody. Blocks while it reads.
     *
     * @throws IOException if the file is there and cannot be read
     * @throws IllegalArgumentException as {@link #parse}
     */
    public static Netrc ofUser() throws IOException {
        return ofUser(System.getenv("NETRC"), Path.of(System.getProperty("user.home")));
    }

    static Netrc ofUser(@Nullable String named, Path home) throws IOException {
        Path usual = home.resolve(".netrc");
        Path file = Files.exists(usual) ? usual : home.resolve("_netrc");
        try {
            return read(named == null || named.isEmpty() ? file : Path.of(named));
        } catch (NoSuchFileException e) {
            return parse("");
        }
    }

    /**
     * {@return what a file says, read in UTF-8} Blocks while it reads.
     *
     * @param path where the file is
     * @throws IOException if it cannot be read, or is not there
     * @throws IllegalArgumentException as {@link #parse}
     */
    public static Netrc read(Path path) throws IOException {
        return parse(Files.readString(path));
    }

    /**
     * Reads {@code machine}, {@code default}, {@code login}, {@code password}, {@code account} and {@code macdef} as
     * ftp(1) has them, quotes and comments as curl has them.
     *
     * @param text what the file holds; the empty string holds nobody
     * @return the credentials it names; of two entries for a host the first counts
     * @throws IllegalArgumentException if it is none of that; the message says in which line and shows no value
     */
    public static Netrc parse(String text) {
        return new Netrc(new NetrcParser(text).parse());
    }

    /**
     * {@return the credentials for a host, those of {@code default} if it has none of its own; empty if there is no
     * {@code default} either}
     *
     * @param host in whatever case, without a port
     */
    public Optional<Basic> credentialsFor(String host) {
        return Optional.ofNullable(machines.getOrDefault(NetrcParser.normalized(host), other));
    }

    @Override
    public boolean choosesByHost() {
        return true;
    }

    /** How many hosts there are. */
    @Override
    public String toString() {
        return "Netrc(" + machines.size() + " hosts" + (other == null ? ")" : " and default)");
    }
}
