package io.martlet

import io.martlet.body.JsonCodec
import io.martlet.body.JsonValue
import io.martlet.error.ClientException.JsonException
import io.martlet.http.ClientResponse
import io.martlet.http.Headers
import io.martlet.http.HttpVersion
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.IOException
import java.lang.reflect.Type
import kotlin.reflect.typeOf

class JsonTest {
    @Serializable
    data class Post(val id: Int, val title: String? = null)

    @Serializable
    data class Page<T>(val items: List<T>, val next: T?)

    class Foreign(val id: Int)

    private val codec = SessionBuilder().jsonCodec

    @Test
    fun `a body is read as any type that Kotlin can say`() {
        assertEquals(Post(1, "a"), response("""{"id": 1, "title": "a"}""").json<Post>())
        assertEquals(Post(1), response("""{"id": 1}""").json<Post>())
        assertEquals(listOf(Post(1), Post(2)), response("""[{"id": 1}, {"id": 2}]""").json<List<Post>>())
        assertEquals(mapOf("a" to listOf(1, null)), response("""{"a": [1, null]}""").json<Map<String, List<Int?>>>())
        assertEquals(Page(listOf(7), null), response("""{"items": [7], "next": null}""").json<Page<Int>>())
        assertEquals("ü", response("\"ü\"").json<String>())
        assertEquals(7, response(" 7 ").json<Int>())
    }

    @Test
    fun `a tree is read and written without a codec`() {
        val tree = JsonValue.builder().put("id", 7).build()

        assertEquals(tree, response("""{"id":7}""", JsonCodec.NONE).json<JsonValue>())
        assertEquals("""{"id":7}""", encodeJson(JsonCodec.NONE, tree, typeOf<JsonValue>()).decodeToString())
    }

    @Test
    fun `null is read where the type allows it`() {
        assertNull(response("null").json<Post?>())
        assertThrows<JsonException> { response("null").json<Post>() }
    }

    @Test
    fun `keys that a class does not have are ignored by default`() {
        assertEquals(Post(1), response("""{"id": 1, "more": {"a": []}}""").json<Post>())
        assertThrows<JsonException> { response("""{"id": 1, "more": 2}""", KotlinxJson(Json)).json<Post>() }
    }

    @ParameterizedTest
    @ValueSource(
        strings = ["", " ", "{", "<html>", "[1]", "{'id': 1}", """{"id": "x"}""", """{"title": ""}""", """{"id":1}x"""],
    )
    fun `a body that is no JSON for the type is a JSON error that holds the response`(body: String) {
        val response = response(body)

        val thrown = assertThrows<JsonException> { response.json<Post>() }

        val start = "GET http://h/?***: the body (${body.length} bytes of text/html) is not JSON for $POST: "
        assertEquals(start, thrown.message!!.take(start.length))
        assertSame(response, thrown.response())
    }

    @ParameterizedTest
    @ValueSource(
        strings = ["""{"token": "hunter2"}""", "hunter2", """{"id": "hunter2"}""", """["hunter2"]""", "\"hunter2"],
    )
    fun `the message of a JSON error quotes nothing of the body`(body: String) {
        val thrown = assertThrows<JsonException> { response(body).json<Post>() }

        assertFalse(thrown.message!!.contains("hunter2")) { thrown.message }
    }

    @Test
    fun `a body that is not UTF-8 is a JSON error`() {
        assertThrows<JsonException> { response("\"é\"".toByteArray(Charsets.ISO_8859_1)).json<String>() }
    }

    @Test
    fun `a class that is not serializable is a JSON error`() {
        val thrown = assertThrows<JsonException> { response("{}").json<Foreign>() }

        assertTrue(thrown.message!!.contains("not JSON for $FOREIGN")) { thrown.message }
    }

    @Test
    fun `the codec of kotlinx reads and writes what Java asks for`() {
        val type: Type = Post::class.java

        assertEquals("""{"id":1}""", codec.encode(Post(1), type).decodeToString())
        assertEquals(Post(1), codec.decode("""{"id":1}""".encodeToByteArray(), type))
        assertEquals(Post(1), response("""{"id":1}""").json(Post::class.java))
    }

    @Test
    fun `another codec is asked with the type as Java writes it`() {
        val asked = mutableListOf<String>()
        val recording = decoding { asked += it.typeName }

        response("{}", recording).json<Page<Post>>()
        response("{}", recording).json<Map<String, List<Post>>>()
        response("{}", recording).json<Page<Int>>()

        assertEquals(
            listOf(
                "io.martlet.JsonTest\$Page<io.martlet.JsonTest\$Post>",
                "java.util.Map<java.lang.String, java.util.List<io.martlet.JsonTest\$Post>>",
                "io.martlet.JsonTest\$Page<java.lang.Integer>",
            ),
            asked.map { it.replace("? extends ", "") },
        )
    }

    @Test
    fun `what another codec throws is a JSON error`() {
        val thrown = assertThrows<JsonException> { response("{}", decoding { throw IOException("no") }).json<Post>() }

        assertEquals(
            "GET http://h/?***: the body (2 bytes of text/html) is not JSON for $POST: no",
            thrown.message,
        )
    }

    @Test
    fun `what fills the stack of a codec is an error of JSON or of the argument`() {
        val bottomless = decoding { bottomless(it) }

        val read = assertThrows<JsonException> { response("[[", bottomless).json<Post>() }
        val written = assertThrows<IllegalArgumentException> { encodeJson(bottomless, Post(1), typeOf<Post>()) }

        assertEquals("is not JSON for $POST: StackOverflowError", read.message!!.substringAfter(") "))
        assertEquals("json: a $POST cannot be encoded: StackOverflowError", written.message)
    }

    @Test
    fun `without codec the error says how to get one`() {
        val thrown = assertThrows<IllegalStateException> { response("{}", JsonCodec.NONE).json<Post>() }

        assertTrue(thrown.message!!.startsWith("No JSON codec: set one with jsonCodec(…)")) { thrown.message }
    }

    @Test
    fun `reading a streamed body as JSON closes it`() = runTest {
        val body = memoryBody("""{"id":""", " 1}")

        assertEquals(Post(1), request().answered(body = body).json<Post>())
        assertEquals("2 of 2 read, closed", body.toString())
    }

    @Test
    fun `an object is encoded as its declared type`() {
        assertEquals("""{"id":1,"title":"ü"}""", encodeJson(codec, Post(1, "ü"), typeOf<Post>()).decodeToString())
        assertEquals("""[{"id":1}]""", encodeJson(codec, listOf(Post(1)), typeOf<List<Post>>()).decodeToString())
        assertEquals(
            """{"items":[1],"next":null}""",
            encodeJson(codec, Page(listOf(1), null), typeOf<Page<Int?>>()).decodeToString(),
        )
    }

    @Test
    fun `an object that cannot be encoded is an argument error`() {
        val thrown = assertThrows<IllegalArgumentException> { encodeJson(codec, Foreign(1), typeOf<Foreign>()) }

        val start = "json: a $FOREIGN cannot be encoded: Serializer for class 'Foreign' is not found"
        assertEquals(start, thrown.message!!.take(start.length))
    }

    @Test
    fun `what another codec throws while it encodes is an argument error`() {
        val thrown = assertThrows<IllegalArgumentException> {
            encodeJson(decoding { throw IOException("no") }, Post(1), typeOf<Post>())
        }

        assertEquals("json: a $POST cannot be encoded: no", thrown.message)
        assertInstanceOf(IOException::class.java, thrown.cause)
    }

    @Test
    fun `encoding without codec says how to get one`() {
        assertThrows<IllegalStateException> { encodeJson(JsonCodec.NONE, Post(1), typeOf<Post>()) }
    }

    /** One deeper for each level, and there is no end of levels. */
    private fun bottomless(type: Type): Int = bottomless(type) + 1

    /** Answers with something of the right class. */
    private fun decoding(asked: (Type) -> Unit) = object : JsonCodec {
        override fun encode(value: Any, type: Type): ByteArray {
            asked(type)
            return ByteArray(0)
        }

        override fun decode(json: ByteArray, type: Type): Any {
            asked(type)
            return if (type.typeName.startsWith("java.util.Map")) emptyMap<Any, Any>() else Page<Any>(emptyList(), null)
        }
    }

    private fun request(codec: JsonCodec = this.codec) = requestTo("http://h/?k=v") { jsonCodec(codec) }

    private fun response(body: String, codec: JsonCodec = this.codec) = response(body.encodeToByteArray(), codec)

    private fun response(body: ByteArray, codec: JsonCodec = this.codec) = ClientResponse(
        request(codec),
        HttpVersion.HTTP_1_1,
        200,
        "OK",
        Headers.of("Content-Type", "text/html"),
        body,
        emptyList(),
    )

    private companion object {
        const val POST = "io.martlet.JsonTest\$Post"
        const val FOREIGN = "io.martlet.JsonTest\$Foreign"
    }
}
