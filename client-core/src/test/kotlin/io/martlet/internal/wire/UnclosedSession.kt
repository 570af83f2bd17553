package io.martlet.internal.wire

import io.martlet.ClientSession
import io.martlet.fixture.eventually
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/**
 * A process that ends without closing its session: it has an idle connection and an unread body of the server at the URL
 * of its first argument, and waits for the one of its second; see [UnclosedSessionTest].
 */
internal object UnclosedSession {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val session = ClientSession()
        runBlocking {
            session.get(arguments[0])
            session.open("GET", arguments[0])
        }
        CoroutineScope(Dispatchers.Default).launch { session.get(arguments[1]) }
        eventually({ "${session.statistics}" }) { session.statistics.active == 1 }
        println("main ends")
    }
}
