package io.martlet

import io.martlet.JsonTest.Post
import io.martlet.error.ClientException.JsonException
import io.martlet.http.ClientResponse
import io.martlet.http.Headers
import io.martlet.http.HttpVersion
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.Arguments
import org.junit.jupiter.params.provider.MethodSource
import kotlin.reflect.KType
import kotlin.reflect.typeOf

/** Case L05 of the reliability catalogue, for kotlinx.serialization; `HostileJacksonTest` is its like for Jackson. */
class HostileJsonTest {
    @Serializable
    data class Tree(val child: Tree? = null)

    @ParameterizedTest
    @MethodSource("bad")
    fun `what is no good JSON is an error of one kind, and a short one`(name: String, body: ByteArray, type: KType) {
        val thrown = assertThrows<JsonException>(name) { response(body).json(type) }

        assertTrue(thrown.message!!.length < 1000) { thrown.message }
    }

    @ParameterizedTest
    @MethodSource("good")
    fun `what is odd and good is read`(name: String, body: ByteArray, type: KType, expected: String) {
        assertEquals(expected, "${response(body).json(type)}", name)
    }

    private fun response(body: ByteArray) = ClientResponse(
        requestTo("http://h/") { jsonCodec(SessionBuilder().jsonCodec) },
        HttpVersion.HTTP_1_1,
        200,
        "OK",
        Headers.of("Content-Type", "application/json; charset=klingon"),
        body,
        emptyList(),
    )

    private companion object {
        const val DEEP = 100_000
        val DIGITS = "9".repeat(1_000_000)

        fun nested(depth: Int) = "{\"child\":".repeat(depth) + "null" + "}".repeat(depth)

        fun row(name: String, body: String, type: KType, vararg more: Any): Arguments =
            Arguments.of(name, body.encodeToByteArray(), type, *more)

        fun row(name: String, body: ByteArray, type: KType): Arguments = Arguments.of(name, body, type)

        @JvmStatic
        fun bad(): List<Arguments> = listOf(
            row("objects, one in the other", nested(DEEP), typeOf<Tree>()),
            row("arrays without end", "[".repeat(DEEP), typeOf<JsonElement>()),
            row("arrays, one in the other", "[".repeat(DEEP) + "]".repeat(DEEP), typeOf<JsonElement>()),
            row("arrays that nobody asked for", """{"id":1,"x":${"[".repeat(DEEP)}""", typeOf<Post>()),
            row("brackets behind an escaped quote", "[\"\\\"\"," + "[".repeat(DEEP), typeOf<JsonElement>()),
            row("a long number as Int", DIGITS, typeOf<Int>()),
            row("a long number as Long", DIGITS, typeOf<Long>()),
            row("a long number as Double", DIGITS, typeOf<Double>()),
            row("a long number in an object", """{"id":$DIGITS}""", typeOf<Post>()),
            row("a long exponent", "1e$DIGITS", typeOf<Double>()),
            row(
                "half a character in bytes",
                byteArrayOf(34, 0xED.toByte(), 0xA0.toByte(), 0x80.toByte(), 34),
                typeOf<String>(),
            ),
            row("an escape that is none", "\"\\u12\"", typeOf<String>()),
            row("Latin 1", "\"\u00e9\"".toByteArray(Charsets.ISO_8859_1), typeOf<String>()),
            row("a byte order mark", "\uFEFF{\"id\":1}", typeOf<Post>()),
            row("UTF-16", """{"id":1}""".toByteArray(Charsets.UTF_16), typeOf<Post>()),
            row("UTF-16, the other way round", """{"id":1}""".toByteArray(Charsets.UTF_16LE), typeOf<Post>()),
            row("junk behind", """{"id":1} {"id":2}""", typeOf<Post>()),
            row("a NUL behind", "{\"id\":1}\u0000", typeOf<Post>()),
            row("NaN", "NaN", typeOf<Double>()),
        )

        /** The charset of the response is one that nobody knows: JSON is UTF-8 whatever is said of it (RFC 8259 §8.1). */
        @JvmStatic
        fun good(): List<Arguments> = listOf(
            row(
                "as deep as it may be",
                "[".repeat(400) + "]".repeat(400),
                typeOf<JsonElement>(),
                "[".repeat(400) + "]".repeat(400),
            ),
            row(
                "many brackets in a row",
                "[" + "[],".repeat(DEEP) + "7]",
                typeOf<JsonElement>(),
                "[" + "[],".repeat(DEEP) + "7]",
            ),
            row("brackets in a string", "\"${"[".repeat(DEEP)}\"", typeOf<String>(), "[".repeat(DEEP)),
            row("half a character, escaped", "\"\\ud800\"", typeOf<String>(), "\ud800"),
            row("blanks around", " \t\r\n7\n", typeOf<Int>(), "7"),
        )
    }
}
