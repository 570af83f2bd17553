package io.martlet.samples.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the nginx that answers.
 *
 * @param directory for its files
 * @param echo      the echo module, which can answer slowly; null if it is not installed
 * @param tls       certificate and key; null for a server without TLS
 */
record NginxConfig(
        Path directory,
        int port,
        int tlsPort,
        @Nullable Path echo,
        @Nullable ServerCertificate tls) {
    /** What {@code /small} answers: 163 bytes. */
    static final String SMALL_BODY =
            "{\"id\":42,\"title\":\"Always in flight, never blocking\",\"tags\":[\"coroutines\","
                    + "\"futures\",\"http\"],\"author\":{\"name\":\"Martlet\",\"city\":\"London\"},\"stars\":1234567,\"open\":true}";

    /** What {@code /slow} answers after 50 ms. */
    static final String SLOW_BODY = "{\"slow\":true}";

    private static final List<String> MODULE_FOLDERS =
            List.of("/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/usr/share/nginx/modules");

    /** The echo module, where it is installed. */
    static Optional<Path> findEcho() {
        return MODULE_FOLDERS.stream()
                .map(folder -> Path.of(folder, "ngx_http_echo_module.so"))
                .filter(Files::isReadable)
                .findFirst();
    }

    /** The text of the file. */
    String text() {
        String module = echo == null ? "" : "load_module " + echo + ";";
        // The worker of an nginx that root starts is "nobody", who may not read our files.
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        return """
                daemon off;
                %s
                %s
                worker_processes 1;
                worker_rlimit_nofile 32768;
                pid %s/nginx.pid;
                error_log %s/error.log;
                events { worker_connections 16384; }
                http {
                    access_log off;
                    sendfile on;
                    tcp_nopush on;
                    keepalive_timeout 1h;
                    keepalive_requests 1000000000;
                %s
                    server {
                        listen 127.0.0.1:%s backlog=8192;
                %s
                        location = /small { default_type application/json; return 200 '%s'; }
                %s
                        location /files/ { root %s; }
                    }
                }
                """.formatted(
                        user,
                        module,
                        directory,
                        directory,
                        temporaryFolders(),
                        port,
                        tlsLines(),
                        SMALL_BODY,
                        slowLines(),
                        directory);
    }

    private String temporaryFolders() {
        return lines(Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(name -> name + "_temp_path " + directory + "/" + name + ";"));
    }

    private String tlsLines() {
        if (tls == null) {
            return "";
        }
        return lines(Stream.of(
                "listen 127.0.0.1:" + tlsPort + " ssl backlog=8192;",
                "ssl_certificate " + tls.certificate() + ";",
                "ssl_certificate_key " + tls.key() + ";",
                "ssl_protocols TLSv1.2 TLSv1.3;",
                "ssl_session_cache shared:sessions:16m;",
                "ssl_session_tickets on;"));
    }

    private String slowLines() {
        if (echo == null) {
            return "";
        }
        return lines(Stream.of("location = /slow { echo_sleep 0.05; echo -n '" + SLOW_BODY + "'; }"));
    }

    private static String lines(Stream<String> lines) {
        return String.join("\n", lines.map(line -> "    " + line).toList());
    }
}
