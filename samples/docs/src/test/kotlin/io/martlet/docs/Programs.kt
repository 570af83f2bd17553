package io.martlet.docs

import io.martlet.ClientSession
import io.martlet.Outcome
import io.martlet.docs.api.Item
import io.martlet.error.ClientException
import io.martlet.error.ClientException.StatusException
import io.martlet.error.ClientException.TimeoutException
import io.martlet.gatherOutcomes
import io.martlet.json
import java.nio.file.Path

/** What the migration page begins with. */
internal suspend fun firstProgram(url: String) {
    // code: first
    ClientSession { baseUrl = url }.use { session ->
        val item: Item = session.get("items/3").json()
        println(item.title)
    }
    // end
}

internal suspend fun manyProgram(session: ClientSession, urls: List<String>) {
    // code: many
    val pages = urls.gatherOutcomes(concurrency = 10) { url -> session.get(url).text() }
    urls.zip(pages).forEach { (url, page) ->
        if (page is Outcome.Failure) println("$url failed: ${page.error}")
    }
    // end
}

internal suspend fun streamProgram(session: ClientSession, path: Path) {
    // code: stream
    session.open("GET", "file").use { response ->
        response.body.saveTo(path)
    }
    // end
}

internal suspend fun errorProgram(session: ClientSession) {
    // code: errors
    try {
        val item: Item = session.get("items/3").raiseForStatus().json()
        println(item.title)
    } catch (e: StatusException) {
        println("refused: ${e.status()}")
    } catch (e: TimeoutException) {
        println("too slow: ${e.phase()}")
    } catch (e: ClientException) {
        println("failed: ${e.message}")
    }
    // end
}
