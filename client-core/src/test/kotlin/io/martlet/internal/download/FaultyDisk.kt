package io.martlet.internal.download

import java.io.IOException
import java.nio.ByteBuffer
import java.nio.MappedByteBuffer
import java.nio.channels.FileChannel
import java.nio.channels.FileLock
import java.nio.channels.ReadableByteChannel
import java.nio.channels.WritableByteChannel
import java.nio.file.OpenOption
import java.nio.file.Path
import java.nio.file.attribute.FileAttribute

/** A disk with room for [room] bytes written, that nothing is forced to: tests do not cut the power. */
internal class FaultyDisk(
    @Volatile var room: Long = Long.MAX_VALUE,
) : Disk {
    override fun open(
        file: Path,
        options: MutableSet<out OpenOption>,
        vararg attributes: FileAttribute<*>,
    ): FileChannel = Channel(FileChannel.open(file, options, *attributes))

    private fun spend(count: Int) {
        if (count > room) throw IOException("No space left on device")
        room -= count
    }

    private inner class Channel(private val file: FileChannel) : FileChannel() {
        override fun read(dst: ByteBuffer): Int = file.read(dst)

        override fun read(dsts: Array<out ByteBuffer>, offset: Int, length: Int): Long = file.read(dsts, offset, length)

        override fun read(dst: ByteBuffer, position: Long): Int = file.read(dst, position)

        override fun write(src: ByteBuffer): Int {
            spend(src.remaining())
            return file.write(src)
        }

        override fun write(srcs: Array<out ByteBuffer>, offset: Int, length: Int): Long =
            throw UnsupportedOperationException()

        override fun write(src: ByteBuffer, position: Long): Int {
            spend(src.remaining())
            return file.write(src, position)
        }

        override fun position(): Long = file.position()

        override fun position(newPosition: Long): FileChannel = apply { file.position(newPosition) }

        override fun size(): Long = file.size()

        override fun truncate(size: Long): FileChannel = apply { file.truncate(size) }

        override fun force(metaData: Boolean) = Unit

        override fun transferTo(position: Long, count: Long, target: WritableByteChannel): Long =
            throw UnsupportedOperationException()

        override fun transferFrom(src: ReadableByteChannel, position: Long, count: Long): Long =
            throw UnsupportedOperationException()

        override fun map(mode: MapMode, position: Long, size: Long): MappedByteBuffer =
            throw UnsupportedOperationException()

        override fun lock(position: Long, size: Long, shared: Boolean): FileLock = file.lock(position, size, shared)

        override fun tryLock(position: Long, size: Long, shared: Boolean): FileLock? =
            file.tryLock(position, size, shared)

        override fun implCloseChannel() = file.close()
    }
}
