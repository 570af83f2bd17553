package io.martlet.samples.fetch;

import io.martlet.samples.fetch.output.Streams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * What the JVM runs while it makes its archive of classes: the usual commands against a server on this machine that gives one
 * answer. The archive holds what they load, so that it need not be read out of jars, checked and linked again.
 */
public final class Rehearsal {
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n{}"
                    .getBytes(StandardCharsets.US_ASCII);

    private Rehearsal() {}

    /** Runs all of it; ends the JVM with 0 if the first command did. */
    public static void main(String[] args) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> serve(server), "rehearsal-server");
            thread.setDaemon(true);
            thread.start();
            String place = "127.0.0.1:" + server.getLocalPort() + "/get";
            String url = "http://" + place;
            int exitCode = run("", "fetch", url, url + "?again");
            run(url + "\n", "fetch", "-c", "2", "-i", "-", "--format", "jsonl");
            run("", "fetch", "--format", "csv", "-v", "-H", "Accept: */*", url);
            // No TLS is spoken there: as far as the first message it is the same everywhere.
            run("", "fetch", "--timeout", "5", "https://" + place);
            run("", "fetch", "--help");
            run("", "--nosuch");
            System.exit(exitCode);
        }
    }

    private static int run(String input, String... args) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        PrintStream silent = new PrintStream(nowhere, false, StandardCharsets.UTF_8);
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return Main.run(new Streams(in, nowhere, silent, 0, 0), args);
    }

    private static void serve(ServerSocket server) {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    answer(socket);
                }
            }
        } catch (IOException e) {
            // It is closed: the rehearsal is over.
        }
    }

    /** Answers the first request, whatever it is, and closes. */
    private static void answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] request = new byte[8192];
        if (in.read(request) > 0) {
            socket.getOutputStream().write(ANSWER);
            socket.shutdownOutput();
            in.read(request);
        }
    }
}
