package io.martlet.samples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on 127.0.0.1 that does two things no other here does: it keeps requests waiting until it is told to let them
 * go, and it takes large bodies without storing them.
 *
 * <p>Pages: {@code /hold} is answered only after {@code /release}, and its connection closed then; {@code /held} tells
 * how many wait; {@code /upload} takes a body whose length is announced. One thread, enough HTTP for clients that are
 * known to speak it well.
 */
final class HoldingServer implements AutoCloseable {
    /** What each page but {@code /held} and {@code /release} answers. */
    static final String BODY = "ok";

    private static final int BACKLOG = 8_192;
    private static final int MAX_HEAD_BYTES = 8_192;
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d+)");

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 18);
    private final List<SelectionKey> held = new ArrayList<>();

    private HoldingServer(ServerSocketChannel listener, Selector selector) {
        this.listener = listener;
        this.selector = selector;
    }

    /** A server that listens on a free port. */
    static HoldingServer start() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        HoldingServer server = new HoldingServer(listener, Selector.open());
        listener.register(server.selector, SelectionKey.OP_ACCEPT);
        Thread thread = new Thread(server::serve, "holding-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    /** Its root; ends in a slash. */
    String baseUrl() {
        return "http://127.0.0.1:" + listener.socket().getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
        listener.close();
        selector.close();
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select();
                Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
                while (keys.hasNext()) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    handle(key);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClosedSelectorException closed) {
            // By close().
        }
    }

    private void handle(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept();
            return;
        }
        try {
            read(key);
        } catch (IOException gone) {
            drop(key);
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Connection());
        }
    }

    private void read(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        Connection connection = (Connection) key.attachment();
        input.clear();
        if (channel.read(input) < 0) {
            drop(key);
            return;
        }
        input.flip();
        if (connection.bodyLeft == 0 && connection.readHead(input)) {
            connection.bodyLeft = connection.bodyLength();
        }
        int body = (int) Math.min(input.remaining(), connection.bodyLeft);
        connection.bodyLeft -= body;
        if (connection.isHeadComplete && connection.bodyLeft == 0) {
            String page = connection.page();
            connection.reset();
            answer(key, page);
        }
    }

    private void answer(SelectionKey key, String page) throws IOException {
        switch (page) {
            case "/hold" -> held.add(key);
            case "/held" -> write(key, Integer.toString(held.size()), false);
            case "/release" -> {
                int released = held.size();
                for (SelectionKey waiting : held) {
                    release(waiting);
                }
                held.clear();
                write(key, Integer.toString(released), false);
            }
            default -> write(key, BODY, false);
        }
    }

    private void release(SelectionKey waiting) {
        try {
            write(waiting, BODY, true);
        } catch (IOException gone) {
            drop(waiting);
        }
    }

    /** So short that it always fits into the socket's buffer. */
    private void write(SelectionKey key, String body, boolean closes) throws IOException {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n"
                + (closes ? "Connection: close\r\n" : "") + "\r\n";
        SocketChannel channel = (SocketChannel) key.channel();
        channel.write(ByteBuffer.wrap((head + body).getBytes(StandardCharsets.US_ASCII)));
        if (closes) {
            drop(key);
        }
    }

    private static void drop(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            key.cancel();
        }
    }

    /** What has come of a request. */
    private static final class Connection {
        private final StringBuilder head = new StringBuilder();
        private boolean isHeadComplete;
        private long bodyLeft;

        /** Takes bytes up to the end of the head; returns whether it was there. */
        boolean readHead(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                head.append((char) (bytes.get() & 0xff));
                int end = head.length();
                if (head.charAt(end - 1) == '\n' && head.indexOf("\r\n\r\n", Math.max(0, end - 4)) >= 0) {
                    isHeadComplete = true;
                    return true;
                }
                if (end > MAX_HEAD_BYTES) {
                    throw new IOException("Head too long");
                }
            }
            return false;
        }

        long bodyLength() {
            Matcher length = LENGTH.matcher(head);
            return length.find() ? Long.parseLong(length.group(1)) : 0;
        }

        String page() {
            return head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP"));
        }

        void reset() {
            head.setLength(0);
            isHeadComplete = false;
        }
    }
}
