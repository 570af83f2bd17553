package io.martlet.samples.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real nginx, run as a process with one worker, so that it counts everything in one place. */
public final class NginxProcess implements AutoCloseable {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    private final ServerProcess process;
    private final int port;

    private NginxProcess(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether Debian's package nginx is there. */
    public static boolean isInstalled() {
        return Files.isExecutable(NGINX);
    }

    /**
     * Starts nginx on a free port; returns once it listens.
     *
     * @param directory for its configuration, log and temporary files
     * @param http      what to say inside {@code http { }}, before the server
     * @param server    what to say inside {@code server { }}, after its {@code listen}
     */
    public static NginxProcess start(Path directory, String http, String server)
            throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        Path config = directory.resolve("nginx.conf");
        Files.writeString(config, configuration(directory, port, http, server));
        ServerProcess process = ServerProcess.start(
                new ProcessBuilder(NGINX.toString(), "-p", directory.toString(), "-c", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("nginx.out").toFile()));
        NginxProcess nginx = new NginxProcess(process, port);
        boolean listens = false;
        try {
            nginx.awaitListening(directory);
            listens = true;
            return nginx;
        } finally {
            if (!listens) {
                nginx.close();
            }
        }
    }

    private static String configuration(Path directory, int port, String http, String server) {
        // The worker of an nginx that root starts is "nobody", who may not read our files.
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        return """
            daemon off;
            %s
            worker_processes 1;
            pid %s/nginx.pid;
            error_log %s/error.log;
            events { worker_connections 4096; }
            http {
                access_log off;
                client_body_temp_path %s/body;
                proxy_temp_path %s/proxy;
                fastcgi_temp_path %s/fastcgi;
                uwsgi_temp_path %s/uwsgi;
                scgi_temp_path %s/scgi;
                %s
                server {
                    listen 127.0.0.1:%s;
                    server_name all;
                    %s
                }
            }
            """.formatted(
                user, directory, directory, directory, directory, directory, directory, directory, http, port, server);
    }

    /** Polls: nginx tells nobody when it listens. */
    private void awaitListening(Path directory) throws IOException, InterruptedException {
        while (process.process().isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                process.process().waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
        throw new IllegalStateException("nginx ended: " + Files.readString(directory.resolve("nginx.out")));
    }

    /** Where it is; ends in a slash. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port + "/";
    }

    @Override
    public void close() {
        process.close();
    }
}
