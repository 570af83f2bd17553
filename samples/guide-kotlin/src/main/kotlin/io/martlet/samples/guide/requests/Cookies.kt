// Prints:
//   {session_id="abc123", theme="dark", tmp_session="xyz"}
//   {session_id="abc123", theme="dark"}
package io.martlet.samples.guide.requests

import io.martlet.ClientSession
import io.martlet.cookie.MemoryCookieJar
import kotlinx.coroutines.runBlocking

/** Cookies of a session, of one request, and those that the server sets. */
fun main(args: Array<String>): Unit = runBlocking {
    ClientSession {
        baseUrl = args[0]
        cookies["session_id"] = "abc123"
        // Without this line, hosts that are IP addresses have no cookies: it is for demo servers.
        cookieJar = MemoryCookieJar.builder().ipHosts(true).build()
    }.use { session ->
        session.get("cookies/set/theme/dark")
        val one = session.get("cookies") { cookie("tmp_session", "xyz") }
        println(one.jsonTree()["cookies"].fields().toSortedMap())
        val next = session.get("cookies")
        println(next.jsonTree()["cookies"].fields().toSortedMap())
    }
}
