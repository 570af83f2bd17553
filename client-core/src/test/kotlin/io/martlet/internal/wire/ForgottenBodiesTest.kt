package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.fixture.RawServer
import io.martlet.fixture.eventually
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** Case G08 of the reliability catalogue: responses that are dropped without being closed. */
class ForgottenBodiesTest : WireGroup() {
    /** Answers with a body that does not end. */
    private val endless = RawServer({
        it.readHead()
        it.send("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(1024))
        it.hold()
    })

    private suspend fun ClientSession.drop() = assertEquals(200, open("GET", endless.url("/")).status)

    @Test
    fun `responses that are dropped do not use up the pool`() = test {
        val session = session { connector { limit = 10 } }

        val all = List(40) { inFlight { session.drop() } }
        eventually({ "not all have got a connection: ${session.statistics}" }) {
            System.gc()
            all.all { it.isCompleted }
        }
        all.awaitAll().forEach { it.getOrThrow() }

        eventually({ "still in use: ${session.statistics}" }) {
            System.gc()
            session.statistics.active == 0
        }
        assertEquals(40, endless.accepts)
    }

    @Test
    fun `a response that is held is left alone`() = test {
        val session = session()
        val held = session.open("GET", endless.url("/"))
        inFlight { session.drop() }.await().getOrThrow()

        eventually({ "still in use: ${session.statistics}" }) {
            System.gc()
            session.statistics.active == 1
        }

        assertEquals(1024, held.body.read()?.remaining())
        held.close()
    }
}
