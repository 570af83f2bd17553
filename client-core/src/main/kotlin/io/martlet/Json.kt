package io.martlet

import io.martlet.body.JsonCodec
import io.martlet.body.JsonValue
import io.martlet.error.ClientException.ContentTypeException
import io.martlet.error.ClientException.JsonException
import io.martlet.http.ClientResponse
import io.martlet.http.StreamingResponse
import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.Json
import kotlinx.serialization.serializer
import java.lang.reflect.Type
import kotlin.reflect.KType
import kotlin.reflect.javaType
import kotlin.reflect.typeOf

/**
 * JSON by kotlinx.serialization, for classes that are `@Serializable`.
 *
 * @property json the format, with its settings and serializers
 */
public class KotlinxJson(public val json: Json) : JsonCodec {
    override fun encode(value: Any, type: Type): ByteArray = encode(value, json.serializersModule.serializer(type))

    override fun decode(bytes: ByteArray, type: Type): Any = decode(bytes, json.serializersModule.serializer(type))

    internal fun <T> encode(value: T, serializer: KSerializer<T>): ByteArray =
        json.encodeToString(serializer, value).encodeToByteArray()

    internal fun <T> decode(bytes: ByteArray, serializer: KSerializer<T>): T =
        json.decodeFromString(serializer, bytes.decodeToString(throwOnInvalidSequence = true))
}

/**
 * The body read as JSON by the session's codec; whatever its `Content-Type` says, unless the options say
 * `requireJsonType`.
 *
 * @throws JsonException if the body is no JSON for [T]
 * @throws ContentTypeException if it must be called JSON and is not
 */
public inline fun <reified T> ClientResponse.json(): T = json(typeOf<T>()) as T

/** Reads the rest of the body as JSON and closes this response. */
public suspend inline fun <reified T> StreamingResponse.json(): T = readAll().json()

/** The body read as JSON that [type] describes. */
public fun ClientResponse.json(type: KType): Any? {
    if (request.options.requireJsonType) requireJsonType()
    if (type.classifier == JsonValue::class) return jsonTree()
    val codec = request.options.jsonCodec
    try {
        return if (codec is KotlinxJson) {
            codec.decode(
                bytes,
                codec.json.serializersModule.serializer(type),
            )
        } else {
            codec.decode(bytes, type.asJavaType())
        }
    } catch (e: Throwable) {
        throw if (e.isOfCodec()) JsonException(this, type.asJavaType().typeName, e) else e
    }
}

internal fun encodeJson(codec: JsonCodec, value: Any, type: KType): ByteArray = try {
    if (value is JsonValue) {
        value.toString().encodeToByteArray()
    } else if (codec is KotlinxJson) {
        codec.encode(
            value,
            codec.json.serializersModule.serializer(type),
        )
    } else {
        codec.encode(value, type.asJavaType())
    }
} catch (e: Throwable) {
    if (!e.isOfCodec()) throw e
    val why = if (e is Exception) e.message else e.javaClass.simpleName
    throw IllegalArgumentException("json: a ${type.asJavaType().typeName} cannot be encoded: $why", e)
}

/**
 * Whether this says that a codec cannot do it, as an overflow of the stack does of what is nested too deep. That there is no
 * codec goes through as it is.
 */
private fun Throwable.isOfCodec() = this is StackOverflowError || (this is Exception && this !is IllegalStateException)

@OptIn(ExperimentalStdlibApi::class)
private fun KType.asJavaType(): Type = javaType
