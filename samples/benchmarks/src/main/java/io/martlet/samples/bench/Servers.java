package io.martlet.samples.bench;

import io.martlet.samples.bench.worker.WorkerMain;
import io.martlet.samples.demo.DemoServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What answers: nginx where it is installed, otherwise the demo server, and a server of our own for what both cannot. */
final class Servers implements AutoCloseable {
    private static final int SMALL_BYTES = 163;
    private static final int MAX_UPLOAD_BYTES = 64 << 20;
    private static final int MAX_DEMO_BYTES = 100 << 20;
    private static final long UNKNOWN = -1;

    private final Path directory;
    private final @Nullable NginxServer nginx;
    private final @Nullable ServerCertificate certificate;
    private @Nullable DemoServer demo;
    private @Nullable HoldingServer holding;

    private Servers(Path directory, @Nullable NginxServer nginx, @Nullable ServerCertificate certificate) {
        this.directory = directory;
        this.nginx = nginx;
        this.certificate = certificate;
    }

    /** Servers whose files are in {@code directory}; {@code nginxProgram} is not used if it is null. */
    static Servers start(Path directory, @Nullable Path nginxProgram) throws IOException, InterruptedException {
        if (nginxProgram == null) {
            return new Servers(directory, null, null);
        }
        try {
            ServerCertificate certificate = ServerCertificate.make(directory);
            return new Servers(directory, NginxServer.start(nginxProgram, directory, certificate), certificate);
        } catch (GeneralSecurityException e) {
            throw new IOException("Cannot make a certificate", e);
        }
    }

    /** The folder for files of this run. */
    Path directory() {
        return directory;
    }

    /** The store that clients have to trust; empty if there is no TLS. */
    Optional<ServerCertificate> certificate() {
        return Optional.ofNullable(certificate);
    }

    /** What a scenario asks for; empty if no server here can answer it. */
    Optional<Target> target(Scenario scenario, Plan plan) throws IOException {
        return switch (scenario) {
            case SMALL_GET, COLD_START -> Optional.of(small());
            case TLS_SMALL_GET, TLS_CONNECT ->
                Optional.ofNullable(nginx).map(n -> Target.small("nginx", n.tlsUrl("/small"), SMALL_BYTES));
            case FAN_OUT -> Optional.of(slow());
            case DOWNLOAD -> Optional.of(download(plan.bodyBytes()));
            case IN_FLIGHT -> Optional.of(held());
            case UPLOAD -> Optional.of(upload(plan.bodyBytes()));
            case BRIDGE -> Optional.of(Target.small("none, answers from memory", WorkerMain.IN_MEMORY, SMALL_BYTES));
        };
    }

    private Target small() {
        return nginx == null
                ? Target.small("demo server", demo().baseUrl() + "bytes/" + SMALL_BYTES + "?seed=1", SMALL_BYTES)
                : Target.small("nginx", nginx.url("/small"), SMALL_BYTES);
    }

    private Target slow() {
        return nginx == null || !nginx.canAnswerSlowly()
                ? Target.small("demo server", demo().baseUrl() + "delay/0.05", UNKNOWN)
                : Target.small("nginx", nginx.url("/slow"), NginxConfig.SLOW_BODY.length());
    }

    private Target download(long bytes) throws IOException {
        if (nginx != null) {
            return new Target("nginx", nginx.url(nginx.serveZeros(bytes)), bytes, 0, 1, "");
        }
        int piece = (int) Math.min(bytes, MAX_DEMO_BYTES);
        String url = demo().baseUrl() + "bytes/" + piece + "?seed=1";
        return new Target("demo server, in pieces", url, piece, 0, pieces(bytes, piece), "");
    }

    private Target upload(long bytes) throws IOException {
        int piece = (int) Math.min(bytes, MAX_UPLOAD_BYTES);
        String url = holding().baseUrl() + "upload";
        return new Target("own", url, HoldingServer.BODY.length(), piece, pieces(bytes, piece), "");
    }

    private Target held() throws IOException {
        String root = holding().baseUrl();
        return new Target("own", root + "hold", HoldingServer.BODY.length(), 0, 0, root);
    }

    private static int pieces(long bytes, int piece) {
        return (int) ((bytes + piece - 1) / piece);
    }

    private DemoServer demo() {
        if (demo == null) {
            demo = DemoServer.start(0);
        }
        return demo;
    }

    private HoldingServer holding() throws IOException {
        if (holding == null) {
            holding = HoldingServer.start();
        }
        return holding;
    }

    @Override
    public void close() throws IOException {
        if (nginx != null) {
            nginx.close();
        }
        if (demo != null) {
            demo.close();
        }
        if (holding != null) {
            holding.close();
        }
    }
}
