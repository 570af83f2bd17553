package io.martlet.internal.tls;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code openssl s_server}: prints what it gets, sends the lines it is told to, and knows commands such as K. */
final class OpenSslServer implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final OutputStream input;
    private final int port;

    /** Skips the test where openssl is not installed. */
    OpenSslServer(Path folder, TestCertificate certificate, String... options) throws IOException {
        assumeTrue(isInstalled(), "openssl is not installed");
        Path file = folder.resolve("server.pem");
        Files.write(file, TlsDataTest.concat(certificate.pem(), certificate.keyPem()));
        Path root = folder.resolve("root.pem");
        Files.write(root, TestCertificate.ROOT.pem());
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                file.toString(),
                "-cert_chain",
                file.toString()));
        command.addAll(List.of("-CAfile", root.toString()));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1));
        input = process.getOutputStream();
        String accept = waitFor("ACCEPT");
        port = Integer.parseInt(accept.substring(accept.lastIndexOf(':') + 1).strip());
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl")));
    }

    int port() {
        return port;
    }

    /** Sends a line, or does what the letter means: K asks for new keys, R for renegotiation, P sends plain text. */
    void type(String line) throws IOException {
        input.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        input.flush();
    }

    /** The next line of output that contains {@code text}; waits for it. */
    String waitFor(String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(text)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new IOException("openssl ended without printing " + text + ":\n" + seen);
    }

    /** Ends it as a crash would. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}
