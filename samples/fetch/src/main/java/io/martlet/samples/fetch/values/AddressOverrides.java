package io.martlet.samples.fetch.values;

import io.martlet.config.ConnectorConfig;
import io.martlet.config.Resolver;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.http.Url;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Hosts that are looked up nowhere, {@code example.com:443:127.0.0.1}. Such a host is reached at its ports only: a lookup
 * knows no port, so the filter for addresses refuses the others.
 */
public final class AddressOverrides implements Resolver {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern NO_NAME = Pattern.compile("[*/@?#\\\\\\s]");
    private static final int ANY_PORT = 0;
    private static final int MAX_PORT = 65_535;

    private record Entry(int port, InetAddress address) {}

    private final Map<String, List<Entry>> hosts = new HashMap<>();

    private AddressOverrides() {}

    public static AddressOverrides parse(String option, List<String> texts) {
        AddressOverrides overrides = new AddressOverrides();
        for (String text : texts) {
            overrides.add(option, text);
        }
        return overrides;
    }

    private void add(String option, String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 3 || parts[0].isEmpty()) {
            throw OptionException.of(option, "must be HOST:PORT:ADDRESS but was '" + text + "'");
        }
        String host = host(option, parts[0]);
        Entry entry = new Entry(port(option, parts[1]), address(option, host, parts[2]));
        hosts.computeIfAbsent(host, h -> new ArrayList<>()).add(entry);
    }

    /** As a URL names it: in lower case, and in ASCII whatever its letters. */
    private static String host(String option, String text) {
        try {
            if (!NO_NAME.matcher(text).find()) {
                return Url.parse("http://" + text + "/").host();
            }
        } catch (InvalidUrlException e) {
            // It is none.
        }
        throw OptionException.of(option, "must begin with the name of a host but was '" + text + "'");
    }

    private static int port(String option, String text) {
        if (text.equals("*")) {
            return ANY_PORT;
        }
        if (text.matches("\\d{1,5}")) {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= MAX_PORT) {
                return port;
            }
        }
        throw OptionException.of(option, "port must be 1 to " + MAX_PORT + " or * but was '" + text + "'");
    }

    /** The address, which keeps the name of the host: by that the filter knows it. */
    private static InetAddress address(String option, String host, String text) {
        try {
            // Nothing else is a literal, and would be looked up.
            if (IPV4.matcher(text).matches() || text.indexOf(':') >= 0) {
                return InetAddress.getByAddress(
                        host, InetAddress.getByName(text).getAddress());
            }
        } catch (UnknownHostException e) {
            // No literal either.
        }
        throw OptionException.of(option, "must end in an IP address but was '" + text + "'");
    }

    public void describe(ConnectorConfig.Builder connector) {
        connector.resolver(this).addressFilter(this::isMeant);
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        List<Entry> entries = hosts.get(host);
        return entries == null
                ? Resolver.system().resolve(host)
                : CompletableFuture.completedFuture(
                        entries.stream().map(Entry::address).toList());
    }

    private boolean isMeant(InetSocketAddress address) {
        List<Entry> entries = hosts.get(address.getHostString());
        return entries == null
                || entries.stream()
                        .anyMatch(entry -> (entry.port == ANY_PORT || entry.port == address.getPort())
                                && entry.address.equals(address.getAddress()));
    }
}
