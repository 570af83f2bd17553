package io.martlet.config;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Finds the addresses of hosts. To be implemented by users who know better than the system: a hosts file of their own,
 * service discovery, DNS over HTTPS.
 *
 * <p>Martlet keeps the answers for a while, asks once for all who want the same host at the same time, and never asks
 * for hosts that are IP addresses. {@link #resolve} is called on one of a few threads that are there for this; it may
 * block, and then holds up no more than this thread. Implementations must allow calls from several threads at once.
 */
@FunctionalInterface
public interface Resolver {
    /**
     * Looks up {@code host}.
     *
     * @param host the host as in the URL: ASCII, lower case, an international name as {@code xn--…}, with the trailing
     *     dot if the URL has one
     * @return its addresses, best first; that there are none may be told by an empty list or by failing, best with an
     *     {@link java.net.UnknownHostException}. What this throws counts as a failure too. Nobody cancels the stage
     */
    CompletionStage<List<InetAddress>> resolve(String host);

    /**
     * {@return the system's resolver, {@link InetAddress#getAllByName}, and the default} It blocks the thread that calls it,
     * and the JDK has a cache of its own below it (security property {@code networkaddress.cache.ttl}, usually 30 s).
     */
    static Resolver system() {
        return SystemResolver.INSTANCE;
    }
}
