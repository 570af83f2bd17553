package io.martlet.ktor

import io.ktor.http.ContentType
import io.ktor.http.content.OutgoingContent
import io.ktor.http.content.TextContent
import io.ktor.serialization.ContentConverter
import io.ktor.util.reflect.TypeInfo
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.ByteWriteChannel
import io.ktor.utils.io.charsets.Charset
import io.ktor.utils.io.toByteArray
import io.martlet.contract.Note
import kotlinx.coroutines.Job
import kotlinx.serialization.json.Json
import kotlin.coroutines.CoroutineContext

/** A body that does not say how long it is. */
internal class OfUnknownLength(private val text: String) : OutgoingContent.ReadChannelContent() {
    override fun readFrom() = ByteReadChannel(text)
}

/** A switch of protocols. */
internal object AnyUpgrade : OutgoingContent.ProtocolUpgrade() {
    override suspend fun upgrade(
        input: ByteReadChannel,
        output: ByteWriteChannel,
        engineContext: CoroutineContext,
        userContext: CoroutineContext,
    ): Job = error("upgraded")
}

/** JSON for Ktor's `ContentNegotiation`. */
internal object NoteConverter : ContentConverter {
    override suspend fun serialize(contentType: ContentType, charset: Charset, typeInfo: TypeInfo, value: Any?) =
        TextContent(Json.encodeToString(Note.serializer(), value as Note), contentType)

    override suspend fun deserialize(charset: Charset, typeInfo: TypeInfo, content: ByteReadChannel) =
        Json.decodeFromString(Note.serializer(), content.toByteArray().decodeToString())
}
