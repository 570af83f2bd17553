package io.martlet.body

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException

/** Reads trees by kotlinx.serialization, which takes any bare word for a value: here it is a number, or refused. */
internal object JsonTexts {
    /** As Gson has it: a level may take a kilobyte of stack, and deeper ones are made to fill it. */
    private const val MAX_DEPTH = 255

    private const val NUMBERS_BEGIN = "-0123456789"
    private const val NO_VALUE = "No JSON: a word that is no value"

    @OptIn(ExperimentalSerializationApi::class)
    private val json = Json { exceptionsWithDebugInfo = false }

    private val place = Regex("at offset ([0-9]+)")

    @JvmStatic
    fun parse(text: String): JsonValue {
        val element = try {
            json.parseToJsonElement(text)
        } catch (e: SerializationException) {
            val offset = place.find(e.message.orEmpty())?.groupValues?.get(1)?.toLongOrNull()
            throw IllegalArgumentException("No JSON" + if (offset == null) "" else " at character ${offset + 1}", e)
        }
        return tree(element, 1)
    }

    @JvmStatic
    fun parse(utf8: ByteArray): JsonValue = try {
        // RFC 8259 §8.1: parsers may ignore a byte order mark.
        parse(Charsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString().removePrefix("\uFEFF"))
    } catch (e: CharacterCodingException) {
        throw IllegalArgumentException("No JSON: it is not in UTF-8 (RFC 8259 §8.1)", e)
    }

    private fun tree(element: JsonElement, depth: Int): JsonValue {
        require(element is JsonPrimitive || depth <= MAX_DEPTH) { "No JSON: it is nested more than $MAX_DEPTH deep" }
        return when (element) {
            is JsonNull -> JsonValue.JsonNull()
            is JsonPrimitive -> if (element.isString) JsonValue.JsonString(element.content) else word(element.content)
            is JsonArray -> JsonValue.JsonArray(element.map { tree(it, depth + 1) })
            is JsonObject -> JsonValue.JsonObject(element.mapValues { tree(it.value, depth + 1) })
        }
    }

    private fun word(content: String): JsonValue = when (content) {
        "true", "false" -> JsonValue.JsonBoolean(content.toBoolean())
        else -> if (content[0] in NUMBERS_BEGIN) number(content) else throw IllegalArgumentException(NO_VALUE)
    }

    private fun number(content: String): JsonValue = try {
        JsonValue.JsonNumber(content)
    } catch (e: IllegalArgumentException) {
        throw IllegalArgumentException("No JSON: ${e.message}", e)
    }
}
