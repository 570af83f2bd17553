package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.Outcome
import io.martlet.error.ClientException
import io.martlet.gatherOutcomes
import io.martlet.http.StreamingResponse
import kotlinx.coroutines.runBlocking

/**
 * A process that asks the server at the URL of its first argument for more connections than it may have descriptors;
 * see [FewDescriptorsTest].
 */
internal object FewDescriptors {
    private const val REQUESTS = 200
    private const val TOO_MANY = "too many open files"

    @JvmStatic
    fun main(arguments: Array<String>) = runBlocking {
        val (served, refused) = arguments.map { "$it/" }
        ClientSession { connector { limit = 0 } }.use { session ->
            // The JVM needs descriptors too, for classes that it has not loaded: a rehearsal.
            println("at first: " + session.ask(listOf(served, refused)))
            println("at the limit: " + session.ask(List(REQUESTS) { served }))
            var then: String
            // The loop closes sockets some time after they are given up.
            do then = session.ask(listOf(served)) while (then == TOO_MANY)
            println("then: $then")
        }
    }

    /** Asks for all at once, and says what came of them; holds every response until all are told. */
    private suspend fun ClientSession.ask(urls: List<String>): String {
        val outcomes = urls.gatherOutcomes(urls.size) { open("GET", it) }
        val kinds = outcomes.map { kind(it) }.distinct().sorted()
        outcomes.filterIsInstance<Outcome.Success<StreamingResponse>>().forEach { it.value().close() }
        return kinds.joinToString()
    }

    private fun kind(outcome: Outcome<StreamingResponse>): String {
        if (outcome !is Outcome.Failure<*>) return "answered"
        val error = outcome.error() as? ClientException.ConnectorException ?: return "${outcome.error()}"
        val text = generateSequence<Throwable>(error) { it.cause }.joinToString { it.message.orEmpty() }
        return if ("open files" in text) TOO_MANY else "cannot connect"
    }
}
