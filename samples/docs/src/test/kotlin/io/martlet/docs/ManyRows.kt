package io.martlet.docs

import io.martlet.Checkpoint
import io.martlet.ClientSession
import io.martlet.GatherOptions
import io.martlet.Outcome
import io.martlet.asCompleted
import io.martlet.batches
import io.martlet.gather
import io.martlet.gatherOutcomes
import java.nio.file.Path

/** Many requests of one session. */
internal suspend fun manyRows(
    session: ClientSession,
    urls: List<String>,
    done: Path,
    file: Path,
    seen: MutableList<Any>,
): List<Any> {
    // row: gather
    val pages = urls.gather(concurrency = 10) { url -> session.get(url).text() }
    // row: gather-outcomes
    val outcomes = urls.gatherOutcomes(concurrency = 10) { url -> session.get(url).text() }
    // row: as-completed
    urls.asCompleted(concurrency = 10) { url -> session.get(url).text() }
        .collect { outcome -> seen += outcome.isSuccess }
    // row: slices
    val inSlices = urls.batches(5) { url -> session.get(url).text() }
    // row: per-host
    val gentle = GatherOptions.builder<String>().concurrency(100).perHost(4).build()
    urls.gather(gentle) { url -> session.get(url).text() }
    // row: gather-progress
    val watched = GatherOptions.builder<String>().progress { println("${it.ended()} done") }.build()
    urls.gather(watched) { url -> session.get(url).text() }
    // row: checkpoint
    Checkpoint.open(done).use { checkpoint ->
        checkpoint.remaining(urls).gather { url ->
            session.get(url)
            checkpoint.add(url)
        }
    }
    // row: download
    session.download("file", file)
    // end
    return listOf(pages.size, outcomes.count(Outcome<String>::isSuccess).toLong(), inSlices.size)
}
