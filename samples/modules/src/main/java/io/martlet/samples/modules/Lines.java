package io.martlet.samples.modules;

import com.sun.net.httpserver.HttpServer;
import io.martlet.async.AsyncSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

// Prints, from a server of its own:
//   module io.martlet.async
//   one
//   two
final class Lines {
    private Lines() {}

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.out.println(AsyncSession.class.getModule());
        try (AsyncSession session = AsyncSession.create()) {
            print(session, "http://127.0.0.1:" + server.getAddress().getPort() + "/");
        } finally {
            server.stop(0);
        }
    }

    private static void print(AsyncSession session, String url) {
        try (var response = session.open("GET", url).join();
                var lines = new BufferedReader(new InputStreamReader(response.inputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(System.out::println);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
