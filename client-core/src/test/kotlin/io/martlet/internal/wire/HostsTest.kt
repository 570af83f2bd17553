package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.config.AddressFamily
import io.martlet.config.Resolver
import io.martlet.contract.assertFailed
import io.martlet.contract.failure
import io.martlet.error.ClientException.ConnectorException
import io.martlet.error.ClientException.DnsException
import io.martlet.error.ClientException.InvalidUrlException
import io.martlet.error.Phase
import io.martlet.fixture.ClosedPort
import io.martlet.fixture.Gate
import io.martlet.fixture.LocalServer
import io.martlet.fixture.Reply
import io.martlet.internal.net.DnsCache
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.EnumSource
import org.junit.jupiter.params.provider.ValueSource
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.net.UnknownHostException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration

/** From a host to the address that is connected to: who is asked, what may refuse, and what is told of it. */
class HostsTest : WireGroup() {
    /** Knows the hosts that it is told of, and remembers what it was asked. */
    private class Hosts(private vararg val known: Pair<String, List<String>>) : Resolver {
        val asked = CopyOnWriteArrayList<String>()

        override fun resolve(host: String): CompletionStage<List<InetAddress>> {
            asked += host
            val addresses = known.toMap()[host] ?: return failedFuture(UnknownHostException(host))
            return CompletableFuture.completedFuture(addresses.map(InetAddress::getByName))
        }

        private fun failedFuture(cause: Throwable) = CompletableFuture.failedFuture<List<InetAddress>>(cause)
    }

    private fun session(hosts: Resolver, family: AddressFamily = AddressFamily.ANY): ClientSession = session {
        connector {
            resolver = hosts
            addressFamily = family
            limit = 1
        }
    }

    private fun urlOf(host: String) = "http://$host:${healthy.port}/"

    @Test
    fun `an unknown host is an error that names it`() = test {
        val session = session(Hosts())

        val error = failure<DnsException> { session.get("http://nowhere.example/?token=s3cret") }

        assertEquals(Phase.DNS to "Cannot resolve host nowhere.example", error.phase() to error.message)
        session.assertServes()
    }

    @Test
    fun `the system does not know every host either`() = test {
        val session = session()

        failure<DnsException> { session.get("http://nowhere.invalid/") }

        session.assertServes()
    }

    @Test
    fun `a resolver that throws, and one that knows no address, are errors that name the host`() = test {
        val throwing = session(Resolver { throw IllegalStateException("out of order") })
        val empty = session(Resolver { CompletableFuture.completedFuture(emptyList()) })

        val thrown = failure<DnsException> { throwing.get("http://a.example/") }
        val none = failure<DnsException> { empty.get("http://b.example/") }

        assertEquals("a.example: out of order", thrown.cause?.message)
        assertEquals("b.example: it has no address", none.cause?.message)
        throwing.assertServes()
        empty.assertServes()
    }

    @Test
    fun `a name that takes long to resolve holds up no other`() = test {
        val gate = Gate()
        val slow = Resolver { host ->
            if (host == "slow.example") gate.await()
            CompletableFuture.completedFuture(listOf(InetAddress.getByName("127.0.0.1")))
        }
        val session = session { connector { resolver = slow } }
        val stuck = inFlight { session.get(urlOf("slow.example")) }
        session.awaitUsage("1 of 100 in use")

        val others = List(10) { inFlight { session.get(urlOf("fast$it.example")) } }.awaitAll()

        assertEquals(List(10) { "hello" }, others.map { it.getOrThrow().text() })
        gate.open()
        assertEquals("hello", stuck.await().getOrThrow().text())
    }

    @Test
    fun `an answer is remembered, also that there is none`() = test {
        val hosts = Hosts("a.example" to listOf("127.0.0.1"))
        val session = session(hosts)

        repeat(3) {
            session.get(urlOf("a.example")) { headers["Connection"] = "close" }
            failure<DnsException> { session.get(urlOf("b.example")) }
        }

        assertEquals(listOf("a.example", "b.example"), hosts.asked)
        assertEquals(3, healthy.accepts)
    }

    @Test
    fun `a host is looked up once for all who ask at the same time`() = test {
        val answer = CompletableFuture<List<InetAddress>>()
        val asked = CopyOnWriteArrayList<String>()
        val session = session {
            connector {
                resolver = Resolver { host -> answer.also { asked += host } }
            }
        }
        val calls = List(20) { inFlight { session.get(urlOf("a.example")) } }
        session.awaitUsage("20 of 100 in use")

        answer.complete(listOf(InetAddress.getByName("127.0.0.1")))

        assertEquals(List(20) { "hello" }, calls.awaitAll().map { it.getOrThrow().text() })
        assertEquals(listOf("a.example"), asked)
    }

    @Test
    fun `of ten thousand hosts the first are forgotten`() = test {
        val asked = ConcurrentLinkedQueue<String>()
        val session = session {
            connector {
                resolver = Resolver { host ->
                    asked += host
                    CompletableFuture.completedFuture(listOf(InetAddress.getByName("127.0.0.1")))
                }
                addressFilter = { false }
                dnsTtl = Duration.parse("PT1H")
            }
        }
        val hosts = List(10_000) { "h$it.example" }

        (hosts + hosts.takeLast(DnsCache.MAX_ENTRIES / 2) + hosts.take(1)).forEach {
            failure<ConnectorException> { session.get("http://$it/") }
        }

        assertEquals(hosts + hosts.take(1), asked.toList())
    }

    @Test
    fun `the address that the filter accepted is the one that is connected to`() = test {
        val answers = AtomicInteger()
        val other = ServerSocket(healthy.port, 5, InetAddress.getByName("127.0.0.2"))
        val session = session {
            connector {
                keepAlive = Duration.ZERO
                resolver = Resolver {
                    val address = "127.0.0.${1 + answers.getAndIncrement() % 2}"
                    CompletableFuture.completedFuture(listOf(InetAddress.getByName(address)))
                }
                addressFilter = { it.address.hostAddress == "127.0.0.1" }
            }
        }

        // Each name is looked up once, with every other answer the one that the filter does not like.
        val results = other.use { List(20) { runCatching { session.get(urlOf("h$it.example")).text() } } }

        assertEquals(
            List(10) { "hello" },
            results.filterIndexed { number, _ -> number % 2 == 0 }.map { it.getOrThrow() },
        )
        results.filterIndexed { number, _ -> number % 2 == 1 }.forEach { assertFailed<ConnectorException>(it) }
        assertEquals(10, healthy.accepts)
        session.awaitIdle()
    }

    @ParameterizedTest
    @CsvSource("PT10S, 1", "PT0S, 3", "PT2562047788015215H, 1")
    fun `a host is looked up again after dnsTtl`(ttl: String, lookUps: Int) = test {
        val hosts = Hosts("a.example" to listOf("127.0.0.1"))
        val session = session {
            connector {
                resolver = hosts
                dnsTtl = Duration.parse(ttl)
                forceClose = true
            }
        }

        repeat(3) { session.get(urlOf("a.example")) }

        assertEquals(3 to lookUps, healthy.accepts to hosts.asked.size)
    }

    @ParameterizedTest
    @ValueSource(strings = ["127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.1.", "017700000001"])
    fun `an address of IPv4 that is not written as usual is never connected to`(host: String) = test {
        val hosts = Hosts()
        val session = session(hosts)

        // What the URL parser turns into the usual form is that address; all else is refused.
        val result = runCatching { session.get(urlOf(host)) }

        val error = result.exceptionOrNull()
        assertTrue(error is DnsException || error is InvalidUrlException) { "$result" }
        assertEquals(0 to emptyList<String>(), healthy.accepts to hosts.asked.toList())
    }

    @Test
    fun `the filter sees the address that is connected to, and keeps requests from it`() = test {
        val hosts = Hosts("good.example" to listOf("127.0.0.1"), "rebound.example" to listOf("127.0.0.2"))
        val seen = CopyOnWriteArrayList<String>()
        val session = session {
            connector {
                limit = 1
                resolver = hosts
                addressFilter = { seen.add("$it") && it.address.hostAddress != "127.0.0.2" }
            }
        }

        session.get(urlOf("good.example"))
        val error = failure<ConnectorException> { session.get(urlOf("rebound.example")) }

        assertEquals(
            "Cannot connect to rebound.example:${healthy.port}: 127.0.0.2:${healthy.port}: refused by the address filter",
            error.message,
        )
        assertEquals(listOf("127.0.0.1", "127.0.0.2"), seen.map { it.substringAfter('/').substringBefore(':') })
        assertEquals(1, healthy.accepts)
        session.awaitIdle()
    }

    @Test
    fun `the filter is asked anew for each redirect, and for an address in the URL`() = test {
        val inner = LocalServer().on("/", Reply.text("secret"))
        healthy.on("/away", Reply.redirect(302, inner.url("/")))
        val session = session { connector { addressFilter = { it.port != inner.port } } }

        val error = failure<ConnectorException> { session.get(healthy.url("/away")) }

        assertEquals("Cannot connect to 127.0.0.1:${inner.port}: refused by the address filter", error.message)
        assertEquals(0, inner.accepts)
        session.assertServes()
    }

    @Test
    fun `where the filter refuses some addresses of a host, the others are used`() = test {
        val session = session {
            connector {
                resolver = Hosts("a.example" to listOf("127.0.0.2", "127.0.0.3", "127.0.0.1"))
                addressFilter = { it.address.hostAddress == "127.0.0.1" }
            }
        }

        assertEquals("hello", session.get(urlOf("a.example")).text())
    }

    @Test
    fun `a filter that throws refuses`() = test {
        val session = session { connector { addressFilter = { throw IllegalStateException("no such network") } } }

        val error = failure<ConnectorException> { session.get(healthy.url("/")) }

        assertTrue("no such network" in error.message.orEmpty(), error.message)
        session.awaitIdle()
        assertEquals(0, healthy.accepts)
    }

    @Test
    fun `where no address answers, the error names all of them`() = test {
        val session = session(Hosts("a.example" to listOf("127.0.0.1", "127.0.0.2")))
        val port = ClosedPort().port

        val error = failure<ConnectorException> { session.get("http://a.example:$port/") }

        assertEquals(
            "Cannot connect to a.example:$port: Connection refused: 127.0.0.1:$port, 127.0.0.2:$port",
            error.message,
        )
        session.assertServes()
    }

    @Test
    fun `the next address is tried where one refuses`() = test {
        val session = session(Hosts("a.example" to listOf("127.0.0.9", "127.0.0.1")))

        assertEquals("hello", session.get(urlOf("a.example")).text())
    }

    @Test
    fun `connections start at the local address`() = test {
        val server = ServerSocket(0, 5, InetAddress.getLoopbackAddress())
        val session = session { connector { localAddress = InetSocketAddress("127.0.0.7", 0) } }
        server.use {
            val call = inFlight { session.get("http://127.0.0.1:${it.localPort}/") }
            it.accept().use { socket ->
                assertEquals("127.0.0.7", socket.inetAddress.hostAddress)
                socket.getInputStream().read()
                socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".encodeToByteArray())
                assertEquals(204, call.await().getOrThrow().status)
            }
        }
    }

    @Test
    fun `a local address that is not of this machine is an error`() = test {
        val session = session { connector { localAddress = InetSocketAddress("192.0.2.1", 0) } }

        failure<ConnectorException> { session.get(healthy.url("/")) }

        session.awaitIdle()
    }

    @ParameterizedTest
    @CsvSource("ANY, ::1", "IPV4_FIRST, 127.0.0.1", "IPV4_ONLY, 127.0.0.1", "IPV6_FIRST, ::1", "IPV6_ONLY, ::1")
    fun `the family decides which addresses are used, and which first`(family: AddressFamily, expected: String) = test {
        val tried = CopyOnWriteArrayList<InetAddress>()
        val session = session {
            connector {
                resolver = Hosts("a.example" to listOf("::1", "127.0.0.1"))
                addressFamily = family
                addressFilter = {
                    tried += it.address
                    false
                }
            }
        }

        failure<ConnectorException> { session.get(urlOf("a.example")) }

        assertEquals(InetAddress.getByName(expected), tried.first())
        assertEquals(if (family.name.endsWith("ONLY")) 1 else 2, tried.size)
    }

    @ParameterizedTest
    @EnumSource(AddressFamily::class, names = ["IPV4_ONLY", "IPV6_ONLY"])
    fun `a host without an address of the family is an error that says so`(family: AddressFamily) = test {
        val other = if (family == AddressFamily.IPV4_ONLY) "::1" else "127.0.0.1"
        val session = session(Hosts("a.example" to listOf(other)), family)

        val error = failure<ConnectorException> { session.get(urlOf("a.example")) }

        assertTrue("addressFamily $family allows none of" in error.message.orEmpty(), error.message)
        session.awaitIdle()
    }
}
