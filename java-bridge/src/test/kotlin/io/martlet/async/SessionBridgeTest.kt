package io.martlet.async

import io.martlet.async.internal.SessionBridge
import io.martlet.config.SessionConfig
import io.martlet.cookie.CookieJar
import io.martlet.engine.Engine
import io.martlet.engine.EngineFactory
import io.martlet.http.ClientRequest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** What no user of futures can see. */
internal class SessionBridgeTest {
    private object Unclosable : Engine {
        override suspend fun execute(request: ClientRequest) = throw AssertionError("Nobody asked for $request")

        override fun close() = error("by a test")
    }

    @Test
    fun `an engine that fails to close keeps no executor open`() {
        var ends = 0
        val bridge =
            SessionBridge(
                SessionConfig.DEFAULT,
                EngineFactory {
                    Unclosable
                },
                emptyList(),
                CookieJar.NONE,
                Runnable::run,
            )

        assertThrows<IllegalStateException> { bridge.close { ends++ } }
        assertThrows<IllegalStateException> { bridge.close { ends++ } }

        assertEquals(1, ends)
    }
}
