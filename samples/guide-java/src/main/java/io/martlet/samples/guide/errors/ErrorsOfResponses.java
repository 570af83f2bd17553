// Prints:
//   ProtocolException in phase read
//   TruncatedBodyException in phase read
//   PayloadException in phase read
//   BodyTooLargeException in phase read
//   StatusException in phase response
//   TooManyRedirectsException in phase response
//   ContentTypeException in phase response
//   JsonException in phase response
package io.martlet.samples.guide.errors;

import io.martlet.async.AsyncSession;
import io.martlet.error.ClientException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;

/** Answers that cannot be read, or are not wanted: each error knows the phase of the request in which it happened. */
public final class ErrorsOfResponses {
    public static void main(String[] args) throws Exception {
        try (AsyncSession session = AsyncSession.builder().baseUrl(args[0]).build()) {
            var web = session.blocking();
            provoke(() -> web.get(answering("Bonjour\r\n\r\n")));
            provoke(() -> web.get(answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")));
            provoke(() -> web.get(answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip")));
            provoke(() -> web.get("bytes/2000", r -> r.options(o -> o.maxBufferedBody(1000))));
            provoke(() -> web.get("status/404", r -> r.raiseForStatus(true)));
            provoke(() -> web.get("redirect/12"));
            provoke(() -> web.get("html", r -> r.options(o -> o.requireJsonType(true)))
                    .jsonTree());
            provoke(() -> web.get("html").jsonTree());
        }
    }

    private static void provoke(Callable<?> call) throws Exception {
        try {
            System.out.println("no error: " + call.call());
        } catch (ClientException e) {
            System.out.println(e.getClass().getSimpleName() + " in phase " + e.phase());
        }
    }

    /** The address of a server that gives this answer to one request, and hangs up. */
    private static String answering(String answer) throws Exception {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        CompletableFuture.runAsync(new FutureTask<Void>(() -> {
            try (server;
                    var socket = server.accept()) {
                new Scanner(socket.getInputStream()).findWithinHorizon("\r\n\r\n", 0); // the head
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                return null;
            }
        }));
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }
}
