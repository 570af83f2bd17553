// Prints:
//   progress: 65322 of 100000
//   progress: 100000 of 100000
//   saved: 100000 bytes
package io.martlet.samples.guide.responses

import io.martlet.ClientSession
import kotlinx.coroutines.runBlocking
import kotlin.io.path.createTempFile
import kotlin.io.path.deleteExisting
import kotlin.io.path.fileSize

/** A large body is saved to a file as it arrives; only a few pieces of it are in memory at a time. */
fun main(args: Array<String>): Unit = runBlocking {
    val file = createTempFile("martlet-", ".bin")
    try {
        ClientSession { baseUrl = args[0] }.use { session ->
            session.open("GET", "bytes/100000").use { response ->
                response.body.saveTo(file) { bytes, total -> println("progress: $bytes of $total") }
            }
        }
        println("saved: ${file.fileSize()} bytes")
    } finally {
        file.deleteExisting()
    }
}
