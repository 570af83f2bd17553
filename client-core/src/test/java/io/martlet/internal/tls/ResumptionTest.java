package io.martlet.internal.tls;

import static io.martlet.internal.tls.TestCertificate.LOCALHOST;
import static io.martlet.internal.tls.TestCertificate.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.martlet.config.TlsConfig;
import io.martlet.config.TlsVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumptionTest {
    private final TlsContexts contexts = new TlsContexts();

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void theNextConnectionResumesTheSession(String protocol) {
        EngineServer server = new EngineServer(LOCALHOST).protocols(protocol);

        TlsPair first = connect(server, TlsPair.TRUSTING, "localhost");
        TlsPair second = connect(server, TlsPair.TRUSTING.toBuilder().build(), "localhost");
        TlsPair third = connect(server, TlsPair.TRUSTING, "localhost");

        assertEquals(false, first.session().isResumed());
        assertEquals(true, second.session().isResumed());
        assertEquals(true, third.session().isResumed());
        assertEquals(createdAt(first), createdAt(second));
        assertEquals(createdAt(first), createdAt(third));
        assertEquals(LOCALHOST.chain(), third.session().certificates());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aResumedConnectionCarriesData(String protocol) {
        EngineServer server = new EngineServer(LOCALHOST).protocols(protocol);
        connect(server, TlsPair.TRUSTING, "localhost");

        TlsPair resumed = connect(server, TlsPair.TRUSTING, "localhost");
        resumed.write(TlsPair.data(50_000));
        resumed.settle();
        resumed.send(TlsPair.data(70_000));

        assertEquals(true, resumed.session().isResumed());
        assertEquals(50_000, resumed.server.received().length);
        assertEquals(70_000, resumed.heard.bytes().length);
    }

    @Test
    void otherSettingsOrAnotherHostOrPortResumeNothing() {
        EngineServer server = new EngineServer(LOCALHOST);
        TlsConfig off =
                TlsPair.TRUSTING.toBuilder().insecureSkipVerification(true).build();
        TlsConfig newer =
                TlsPair.TRUSTING.toBuilder().minVersion(TlsVersion.TLS_1_3).build();
        connect(server, TlsPair.TRUSTING, "localhost");

        assertEquals(false, connect(server, off, "localhost").session().isResumed());
        assertEquals(false, connect(server, newer, "localhost").session().isResumed());
        assertEquals(
                false, connect(server, TlsPair.TRUSTING, "127.0.0.1").session().isResumed());
    }

    @Test
    void whatAnUnverifiedConnectionLearnedIsOfNoUseToAVerifiedOne() {
        EngineServer impostor = new EngineServer(ROOT.issue(c -> c.dns("other.example")));
        TlsConfig off =
                TlsPair.TRUSTING.toBuilder().insecureSkipVerification(true).build();
        connect(impostor, off, "localhost");

        TlsPair verified = connect(impostor, TlsPair.TRUSTING, "localhost");

        assertEquals(TlsHandshakeException.Reason.OTHER_HOST, verified.failure().reason());
    }

    @Test
    void equalSettingsShareAContextAsLongAsItIsAmongTheLast() {
        TlsContext first = contexts.get(TlsPair.TRUSTING);
        assertSame(first, contexts.get(TlsPair.TRUSTING.toBuilder().build()));

        for (int i = 0; i < TlsContexts.MOST; i++) {
            contexts.get(TlsConfig.builder()
                    .insecureSkipVerification(true)
                    .serverName("host" + i)
                    .build());
        }

        assertNotSame(first, contexts.get(TlsPair.TRUSTING));
    }

    /** What the server knows of the session's beginning. */
    private static long createdAt(TlsPair pair) {
        return pair.server.engine().getSession().getCreationTime();
    }

    private TlsPair connect(EngineServer server, TlsConfig config, String host) {
        TlsPair pair = new TlsPair(server, contexts.get(config), host).handshake();
        if (pair.hasFailed()) {
            return pair;
        }
        pair.client.start(pair.heard);
        pair.settle();
        return pair;
    }
}
