package io.martlet.body

import io.martlet.http.MediaType
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import java.io.IOException
import java.nio.ByteBuffer
import java.util.concurrent.CancellationException
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Flow.Publisher
import java.util.concurrent.Flow.Subscriber
import java.util.concurrent.Flow.Subscription
import java.util.concurrent.SubmissionPublisher
import kotlin.concurrent.thread
import kotlin.random.Random

/** Bodies out of publishers. */
class PublisherBodiesTest {
    /** Does on request what [onRequest] says, and writes down what it is asked for. */
    private class Played(private val onRequest: (Subscriber<in ByteBuffer>, Int) -> Unit) : Publisher<ByteBuffer> {
        val asked = CopyOnWriteArrayList<String>()
        lateinit var subscriber: Subscriber<in ByteBuffer>

        override fun subscribe(given: Subscriber<in ByteBuffer>) {
            subscriber = given
            given.onSubscribe(subscription())
        }

        fun subscription() = object : Subscription {
            override fun request(n: Long) {
                asked += "$n"
                onRequest(subscriber, asked.size)
            }

            override fun cancel() {
                asked += "cancel"
            }
        }
    }

    private fun body(publisher: Publisher<ByteBuffer>) = RequestBody.publisher(publisher, MediaType.TEXT)

    private fun buffer(text: String) = ByteBuffer.wrap(text.encodeToByteArray())

    private fun giving(vararg texts: String) = Played { subscriber, count ->
        if (count <= texts.size) subscriber.onNext(buffer(texts[count - 1])) else subscriber.onComplete()
    }

    @Test
    fun `a publisher is sent whole, whatever thread it calls from`() = runTest {
        val bytes = Random(1).nextBytes(200_000)
        val publisher = SubmissionPublisher<ByteBuffer>()
        thread {
            while (publisher.numberOfSubscribers == 0) Thread.onSpinWait()
            bytes.asList().chunked(7_000).forEach { publisher.submit(ByteBuffer.wrap(it.toByteArray())) }
            publisher.close()
        }

        assertArrayEquals(bytes, body(publisher).sent())
    }

    @Test
    fun `a body of a publisher says what it is`() {
        val body = RequestBody.publisher(giving(), MediaType.TEXT, 7)

        assertEquals(
            "7 text/plain false",
            "${body.contentLength()} ${body.contentType()?.essence()} ${body.isReplayable}",
        )
    }

    @Test
    fun `a buffer is asked for when it is needed, and empty ones are passed over`() = runTest {
        val publisher = giving("a", "", "b")
        val source = body(publisher).open()

        assertEquals("a", Charsets.UTF_8.decode(source.read()!!).toString())
        assertEquals(listOf("1"), publisher.asked)
        assertEquals("b", Charsets.UTF_8.decode(source.read()!!).toString())
        assertEquals(listOf("1", "1", "1"), publisher.asked)
        assertNull(source.read())
    }

    @Test
    fun `a publisher is cancelled when the body is closed before its end`() = runTest {
        val publisher = giving("a", "b")
        val source = body(publisher).open()
        source.read()

        repeat(2) { source.close() }

        assertEquals(listOf("1", "cancel", "cancel"), publisher.asked)
    }

    @Test
    fun `a publisher that has ended is not cancelled`() = runTest {
        val publisher = giving("a")

        body(publisher).sent()

        assertEquals(listOf("1", "1"), publisher.asked)
    }

    @Test
    fun `a publisher that was never asked is never subscribed to`() {
        body { throw AssertionError("subscribed to") }.open().close()
    }

    @Test
    fun `a subscription that comes when the body is closed is cancelled`() = runBlocking<Unit> {
        lateinit var subscriber: Subscriber<in ByteBuffer>
        val source = body { subscriber = it }.open()
        val reading = launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { source.read() }
        reading.cancel()
        source.close()
        val late = giving("a")

        subscriber.onSubscribe(late.subscription())

        assertEquals(listOf("cancel"), late.asked)
    }

    @Test
    fun `a second subscription is cancelled`() = runTest {
        val publisher = giving("a")
        val second = giving("b")
        val source = body(publisher).open()
        source.read()

        publisher.subscriber.onSubscribe(second.subscription())

        assertEquals(listOf("cancel"), second.asked)
        source.close()
    }

    @Test
    fun `what a publisher fails with is thrown, behind what it gave`() = runTest {
        val failure = IOException("by a test")
        val publisher = Played { subscriber, count ->
            if (count == 1) subscriber.onNext(buffer("a")) else subscriber.onError(failure)
        }
        val source = body(publisher).open()

        assertEquals(1, source.read()?.remaining())
        assertSame(failure, assertThrows<IOException> { source.read() })
    }

    @Test
    fun `an error that is no exception is the cause of one`() = runTest {
        val failure = AssertionError("by a test")
        val source = body(Played { subscriber, _ -> subscriber.onError(failure) }).open()

        assertSame(failure, assertThrows<IOException> { source.read() }.cause)
    }

    @Test
    fun `a publisher that fails without a subscription fails the body`() = runTest {
        val source = body { it.onError(IOException("by a test")) }.open()

        assertEquals("by a test", assertThrows<IOException> { source.read() }.message)
        source.close()
    }

    @Test
    fun `a publisher may fail with a cancellation`() = runTest {
        val source = body(Played { subscriber, _ -> subscriber.onError(CancellationException("by a test")) }).open()

        assertEquals("by a test", assertThrows<CancellationException> { source.read() }.message)
    }

    @Test
    fun `a publisher that gives more than it is asked for fails the body`() = runTest {
        val publisher = Played { subscriber, _ -> repeat(3) { subscriber.onNext(buffer("a")) } }
        val source = body(publisher).open()

        source.read()
        val thrown = assertThrows<IllegalStateException> { source.read() }

        assertEquals("the publisher gave more than it was asked for", thrown.message)
        source.close()
        assertEquals("cancel", publisher.asked.last())
    }

    @Test
    fun `a second request with it fails`() = runTest {
        val body = body(giving("a"))
        body.sent()

        val thrown = assertThrows(IllegalStateException::class.java) { body.open() }

        assertEquals("it can be sent only once, and was", thrown.message)
    }
}
