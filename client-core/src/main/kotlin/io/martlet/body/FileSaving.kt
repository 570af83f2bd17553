package io.martlet.body

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runInterruptible
import kotlinx.coroutines.withContext
import java.nio.channels.WritableByteChannel
import java.nio.file.AtomicMoveNotSupportedException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.StandardOpenOption.CREATE_NEW
import java.nio.file.StandardOpenOption.WRITE
import java.util.UUID

/** Lets [write] fill a file beside [path], which takes its place if that goes well, and goes away if not. */
internal suspend fun saving(path: Path, write: suspend (WritableByteChannel) -> Long): Long =
    withContext(Dispatchers.IO) {
        val target = path.toAbsolutePath()
        val beside = target.resolveSibling(nameBeside("${target.fileName}"))
        try {
            val written = Files.newByteChannel(beside, WRITE, CREATE_NEW).use { write(it) }
            runInterruptible { moveInPlace(beside, target) }
            written
        } finally {
            Files.deleteIfExists(beside)
        }
    }

/** Not a temporary file of the JDK: only its owner could read it, under its later name too. */
private fun nameBeside(name: String): String {
    // A name may have 255 bytes, a character of it up to three of them.
    val beginning = name.take(RECOGNISABLE_CHARS).dropLastWhile { it.isHighSurrogate() }
    return ".$beginning.${UUID.randomUUID()}.part"
}

private const val RECOGNISABLE_CHARS = 60

private fun moveInPlace(from: Path, to: Path) {
    try {
        Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING)
    } catch (_: AtomicMoveNotSupportedException) {
        Files.move(from, to, REPLACE_EXISTING)
    }
}
