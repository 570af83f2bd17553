package io.martlet.docs

import io.martlet.ClientSession
import io.martlet.auth.Basic
import io.martlet.auth.BearerTokens
import io.martlet.auth.Digest
import io.martlet.auth.Netrc
import io.martlet.cookie.Cookie
import io.martlet.cookie.CookieFile
import io.martlet.cookie.CookieJar
import io.martlet.cookie.MemoryCookieJar
import io.martlet.http.Url
import java.nio.file.Path

/** Redirects. */
internal fun redirectRows(): ClientSession = ClientSession {
    // row: max-redirects
    maxRedirects = 5
    // row: downgrades
    followDowngrades = false
    // row: redirect-filter
    redirectFilter = { _, next -> next.url.host().endsWith(".example.com") }
    // end
}

/** Who is asking. */
internal fun authRows(newToken: suspend () -> String): List<ClientSession> {
    val basic = ClientSession {
        // row: basic
        auth = Basic("ann", "secret")
        // end
    }
    val digest = ClientSession {
        // row: digest
        auth = Digest("ann", "secret")
        // end
    }
    val netrc = ClientSession {
        // row: netrc
        auth = Netrc.ofUser()
        // end
    }
    val tokens = ClientSession {
        // row: tokens
        auth = BearerTokens { newToken() }
        // end
    }
    return listOf(basic, digest, netrc, tokens)
}

/** Jars of sessions. */
internal fun jarRows(): List<ClientSession> {
    val own = ClientSession {
        // row: jar
        cookieJar = MemoryCookieJar()
        // end
    }
    val ip = ClientSession {
        // row: jar-unsafe
        cookieJar = MemoryCookieJar.builder().ipHosts(true).build()
        // end
    }
    val trusting = ClientSession {
        // row: jar-trusted
        cookieJar = MemoryCookieJar.builder().trustedOrigin("http://127.0.0.1:8080").build()
        // end
    }
    val none = ClientSession {
        // row: jar-none
        cookieJar = CookieJar.NONE
        // end
    }
    return listOf(own, ip, trusting, none)
}

/** What is done with a jar. */
internal fun cookieRows(jar: MemoryCookieJar, url: Url, path: Path): List<Any> {
    // row: jar-add
    jar.add(Cookie.builder(url, "theme", "dark").build())
    // row: jar-iterate
    val names = jar.cookies().map { it.name }
    // row: jar-filter
    val sent = jar.cookiesFor(url)
    // row: jar-save
    CookieFile.json(path).save(jar.cookies())
    jar.replaceAll(CookieFile.json(path).load())
    // row: jar-clear
    jar.removeIf { it.name == "theme" }
    jar.clearDomain("example.com")
    jar.clear()
    // end
    return listOf(names, sent.size, jar.size())
}
