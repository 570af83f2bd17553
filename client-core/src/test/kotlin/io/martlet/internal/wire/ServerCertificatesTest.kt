package io.martlet.internal.wire

import io.martlet.config.CertificatePin
import io.martlet.config.CertificatePin.Subject
import io.martlet.contract.failure
import io.martlet.error.ClientException.TlsException
import io.martlet.error.Phase
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.fixture.ServerTls
import io.martlet.internal.tls.TestCertificate
import io.martlet.internal.tls.TestCertificate.LOCALHOST
import io.martlet.internal.tls.TestCertificate.ROOT
import io.martlet.internal.tls.TestCertificate.STRANGER
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.Arguments
import org.junit.jupiter.params.provider.EnumSource
import org.junit.jupiter.params.provider.MethodSource

/** Whom a session speaks to: a certificate that fails one check costs the request before a byte of it is sent. */
class ServerCertificatesTest : TlsGroup() {
    private fun server(certificate: TestCertificate = LOCALHOST, vararg protocols: String = BOTH) =
        LocalServer(ServerTls(certificate, protocols.toList())).on("/", Reply.text("secret"))

    private fun LocalServer.at(host: String) = "https://$host:$port/"

    /** Nothing of a request has reached [server], nor will. */
    private fun assertRefused(server: LocalServer, host: String, reason: String, error: TlsException) {
        val start = "No secure connection to $host:${server.port}: "
        assertTrue(error.message.orEmpty().startsWith(start + reason)) { "not $start$reason: ${error.message}" }
        assertEquals(Phase.TLS, error.phase())
        server.awaitAllEnded()
        assertEquals("" to 1, server.connections.single().received.decodeToString() to server.accepts)
    }

    @ParameterizedTest
    @MethodSource("refused")
    fun `is refused`(certificate: TestCertificate, host: String, reason: String) = test {
        for (protocol in BOTH) {
            val server = server(certificate, protocol)
            val session = secure()

            val error = failure<TlsException> { session.get(server.at(host)) { headers["Cookie"] = "s3cret" } }

            assertRefused(server, host, reason, error)
            session.assertServes()
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    fun `is accepted`(certificate: TestCertificate, host: String) = test {
        for (protocol in BOTH) {
            assertEquals("secret", secure().get(server(certificate, protocol).at(host)).text())
        }
    }

    @ParameterizedTest
    @EnumSource
    fun `a pin must match beside all other checks`(subject: Subject) = test {
        val right = CertificatePin.of(subject, LOCALHOST.leaf())
        val wrong = CertificatePin.of(subject, ROOT.leaf())
        val strange = STRANGER.issue { it.dns("localhost") }
        val refusing = server()
        val untrusted = server(strange)

        assertEquals("secret", secure { pin(wrong, right) }.get(server().at("localhost")).text())
        val error = failure<TlsException> { secure { pin(wrong) }.get(refusing.at("localhost")) }
        val unknown = failure<TlsException> {
            secure { pin(CertificatePin.of(subject, strange.leaf())) }.get(untrusted.at("localhost"))
        }

        assertRefused(refusing, "localhost", "the server's certificate is none of the 1 pinned", error)
        assertRefused(untrusted, "localhost", "the certificate of CN=server is not trusted", unknown)
    }

    @Test
    fun `without verification any certificate is accepted, but for the pins`() = test {
        val bad = STRANGER.issue { it.dns("other.example").validDays(-9, -1) }
        val refusing = server(bad)

        assertEquals("secret", secure { insecureSkipVerification(true) }.get(server(bad).at("localhost")).text())
        val error = failure<TlsException> {
            secure {
                insecureSkipVerification(true)
                pin(CertificatePin.of(Subject.CERTIFICATE, LOCALHOST.leaf()))
            }.get(refusing.at("localhost"))
        }

        assertRefused(refusing, "localhost", "the server's certificate is none of the 1 pinned", error)
    }

    @Test
    fun `a session of one host is not resumed for another`() = test {
        val tls = ServerTls(ROOT.issue { it.dns("a.example") })
        val server = LocalServer(tls).on("/", Reply.text("secret"))
        val session = secure()
        repeat(2) { session.get(server.at("a.example")) { headers["Connection"] = "close" } }
        assertEquals(1, tls.fullHandshakes)

        val error = failure<TlsException> { session.get(server.at("b.example")) }

        assertTrue("is not for b.example but for a.example" in error.message.orEmpty(), error.message)
    }

    @Test
    fun `a certificate that is refused is so each time, however many ask`() = test {
        val server = server(ROOT.issue { it.dns("localhost").validDays(-9, -1) })
        val session = secure(slots = 10)

        val errors = List(50) { inFlight { session.get(server.at("localhost")) } }.map { it.await().exceptionOrNull() }

        assertEquals(setOf(TlsException::class), errors.map { it?.let { error -> error::class } }.toSet())
        assertEquals(50, server.accepts)
        assertEquals(0, server.requests.size)
        session.assertServes()
    }

    private companion object {
        val BOTH = arrayOf("TLSv1.3", "TLSv1.2")
        val INTERMEDIATE: TestCertificate = ROOT.issue { it.commonName("Intermediate").authority() }

        @JvmStatic
        fun refused(): List<Arguments> = listOf(
            row(
                ROOT.issue {
                    it.dns("localhost").validDays(-9, -1)
                },
                "localhost",
                "the certificate of CN=server expired",
            ),
            row(
                ROOT.issue {
                    it.dns("localhost").validDays(1, 9)
                },
                "localhost",
                "the certificate of CN=server is not valid",
            ),
            wrongName(ROOT.issue { it.dns("other.example") }, "localhost"),
            wrongName(ROOT.issue { it.commonName("localhost") }, "localhost"),
            wrongName(ROOT.issue { it.dns("localhost") }, "127.0.0.1"),
            wrongName(ROOT.issue { it.commonName("127.0.0.1").dns("127.0.0.1") }, "127.0.0.1"),
            wrongName(ROOT.issue { it.ip("127.0.0.2") }, "127.0.0.1"),
            wrongName(ROOT.issue { it.dns("*.example.com") }, "a.b.example.com"),
            wrongName(ROOT.issue { it.dns("*.example.com") }, "example.com"),
            wrongName(ROOT.issue { it.dns("f*.example.com") }, "foo.example.com"),
            wrongName(ROOT.issue { it.dns("*.com") }, "example.com"),
            wrongName(ROOT.issue { it.dns("*") }, "localhost"),
            wrongName(ROOT.issue { it.dns("localhost\u0000.example.com") }, "localhost"),
            untrusted(TestCertificate.selfSigned { it.dns("localhost") }),
            untrusted(STRANGER.issue { it.dns("localhost") }),
            untrusted(INTERMEDIATE.issue { it.dns("localhost") }.alone()),
            untrusted(ROOT.issue { it.commonName("No CA") }.issue { it.dns("localhost") }),
        )

        @JvmStatic
        fun accepted(): List<Arguments> = listOf(
            Arguments.of(LOCALHOST, "localhost"),
            Arguments.of(LOCALHOST, "127.0.0.1"),
            Arguments.of(INTERMEDIATE.issue { it.dns("localhost") }, "localhost"),
            Arguments.of(ROOT.issue { it.dns("localhost").algorithm("RSA") }, "localhost"),
            Arguments.of(ROOT.issue { it.dns("*.example.com") }, "www.example.com"),
            Arguments.of(ROOT.issue { it.dns("www.example.com") }, "www.example.com."),
        )

        private fun row(certificate: TestCertificate, host: String, reason: String) =
            Arguments.of(certificate, host, reason)

        private fun wrongName(certificate: TestCertificate, host: String) =
            row(certificate, host, "the server's certificate is not for $host but for ")

        private fun untrusted(certificate: TestCertificate) =
            row(certificate, "localhost", "the certificate of CN=server is not trusted: ")
    }
}
