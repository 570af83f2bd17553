package io.martlet.samples.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers everything with the same bytes and hangs up, or never answers. */
final class Peer implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final byte[] answer;
    private final boolean hangsUp;

    private Peer(String answer, boolean hangsUp) {
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        this.hangsUp = hangsUp;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(this::acceptAll, "peer");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    static Peer thatAnswers(String answer) {
        return new Peer(answer, true);
    }

    static Peer thatNeverAnswers() {
        return new Peer("", false);
    }

    /** A URL at a port where nothing listens; it is kept from everybody else as long as this JVM lives. */
    static String refusingUrl() {
        return "http://127.0.0.1:" + Refusing.PORT.getLocalPort() + "/";
    }

    private static final class Refusing {
        static final Socket PORT = new Socket();

        static {
            try {
                PORT.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Refusing() {}
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                answer(connection);
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void answer(Socket connection) throws IOException {
        readHead(connection.getInputStream());
        if (hangsUp) {
            connection.getOutputStream().write(answer);
            connection.close();
        }
    }

    /** To its end: what was not read would turn the end of the connection into a reset. */
    private static void readHead(InputStream request) throws IOException {
        String head = "";
        int next = request.read();
        while (next >= 0 && !head.endsWith("\r\n\r")) {
            head += (char) next;
            next = request.read();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
