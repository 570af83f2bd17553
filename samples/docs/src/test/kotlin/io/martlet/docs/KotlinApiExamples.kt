package io.martlet.docs

import io.ktor.client.HttpClient
import io.ktor.client.plugins.HttpTimeout
import io.martlet.ClientSession
import io.martlet.GatherOptions
import io.martlet.gather
import io.martlet.http.ClientResponse
import io.martlet.ktor.Martlet
import io.martlet.testing.Answer
import io.martlet.testing.ScriptedEngine
import java.nio.file.Path
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** The examples in the comments of the API in Kotlin. */
internal object KotlinApiExamples {
    fun ktor(): HttpClient {
        val client = HttpClient(Martlet) {
            engine {
                connector { limitPerHost = 10 }
            }
            install(HttpTimeout) { requestTimeoutMillis = 30_000 }
        }
        return client
    }

    suspend fun download(session: ClientSession) {
        session.download("big.iso", Path.of("big.iso")) {
            segments = 4
            sha256("9f86d081884c7d65…")
            request {
                timeout {
                    total = Duration.ZERO
                    socketRead = 30.seconds
                }
            }
        }
    }

    suspend fun gather(session: ClientSession, urls: List<String>): List<ClientResponse> =
        urls.gather(GatherOptions.builder<String>().concurrency(50).perHost(4).build()) { session.get(it) }

    fun scripted(): ClientSession {
        val engine = ScriptedEngine(Answer.status(503), Answer.text("hello"))
        val session = ClientSession { engine(engine) }
        return session
    }
}
