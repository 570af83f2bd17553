package io.martlet.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.martlet.async.AsyncMiddleware;
import io.martlet.async.AsyncSession;
import io.martlet.async.JacksonJson;
import io.martlet.config.ClientTimeout;
import io.martlet.config.ConnectorConfig;
import io.martlet.config.Limits;
import io.martlet.config.TlsConfig;
import io.martlet.config.TrustedCertificates;
import io.martlet.http.ClientResponse;
import io.martlet.rate.RateLimit;
import io.martlet.retry.RetryPolicy;
import io.martlet.testing.ScriptedEngine;
import io.martlet.trace.TraceListener;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a session is told when it is made. */
final class JavaSessions {
    private JavaSessions() {}

    static AsyncSession session(
            ScriptedEngine engine, AsyncMiddleware log, TraceListener listener, ObjectMapper mapper) {
        return AsyncSession.builder()
                .engine(connector -> engine)
                // row: base-url
                .baseUrl("https://api.example.com/v1/")
                // row: session-headers
                .header("X-Client", "reports/1.0")
                // row: session-cookies
                .cookie("theme", "dark")
                // row: skip-auto-headers
                .skipAutoHeaders("User-Agent")
                // row: timeout
                .timeout(ClientTimeout.builder()
                        .total(Duration.ofSeconds(60))
                        .socketRead(Duration.ofSeconds(10))
                        .build())
                // row: raise-session
                .raiseForStatus(true)
                // row: limits
                .connector(ConnectorConfig.builder()
                        .limit(200)
                        .limitPerHost(10)
                        .keepAlive(Duration.ofSeconds(30))
                        .build())
                // row: dns-ttl
                .connector(
                        ConnectorConfig.builder().dnsTtl(Duration.ofMinutes(5)).build())
                // row: header-limits
                .connector(ConnectorConfig.builder()
                        .limits(Limits.builder().maxHeaderLine(16_384).build())
                        .build())
                // row: json-codec
                .jsonCodec(new JacksonJson(mapper))
                // row: decompress
                .decompress(false)
                // row: retry
                .retry(RetryPolicy.of(3))
                // row: rate-limit
                .rateLimit(RateLimit.perSecond(50.0).burst(10))
                // row: trace
                .connector(ConnectorConfig.builder().traceListener(listener).build())
                // row: middlewares
                .use(log)
                // end
                .build();
    }

    /** Trusts the authority in a file. */
    static AsyncSession trusting(Path ca) throws IOException {
        TlsConfig.Builder tls = TlsConfig.builder();
        return AsyncSession.builder()
                // row: tls
                .connector(ConnectorConfig.builder()
                        .tls(tls.trust(TrustedCertificates.pem(ca)).build())
                        .build())
                // end
                .build();
    }

    static List<Object> oneRequest(AsyncSession session, ClientResponse response, String url) {
        String text;
        // row: one-request
        try (AsyncSession once = AsyncSession.create()) {
            text = once.get(url).join().text();
        }
        // row: fallback-charset
        String western = response.text(Charset.forName("windows-1252"));
        // row: close
        session.close();
        // end
        return List.of(text, western, session.isClosed());
    }
}
