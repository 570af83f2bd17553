// Prints:
//   DnsException in phase dns
//   ConnectorException in phase connect
//   TlsException in phase tls
//   ServerDisconnectedException in phase first byte
package io.martlet.samples.guide.errors;

import io.martlet.async.AsyncSession;
import io.martlet.async.BlockingSession;
import io.martlet.config.ConnectorConfig;
import io.martlet.error.ClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Servers that cannot be reached, or hang up: each error knows the phase of the request in which it happened. */
public final class ErrorsOfConnections {
    public static void main(String[] args) throws Exception {
        ConnectorConfig lost = ConnectorConfig.builder()
                .resolver(host -> CompletableFuture.failedFuture(new UnknownHostException(host)))
                .build();
        try (AsyncSession session = AsyncSession.builder().connector(lost).build()) {
            BlockingSession web = session.blocking();
            provoke(() -> web.get("http://unknown.test/"));
            provoke(() -> web.get("http://127.0.0.1:1/"));
            // A server that knows nothing of TLS.
            provoke(() -> web.get(args[0].replaceFirst("^http:", "https:")));
            provoke(() -> web.get(hangingUp()));
        }
    }

    private static void provoke(Callable<?> call) throws Exception {
        try {
            System.out.println("no error: " + call.call());
        } catch (ClientException e) {
            System.out.println(e.getClass().getSimpleName() + " in phase " + e.phase());
        }
    }

    /** The address of a server that closes its connection as soon as it is asked for something. */
    private static String hangingUp() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        CompletableFuture.runAsync(() -> {
            try (server;
                    Socket socket = server.accept()) {
                socket.getInputStream().read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }
}
