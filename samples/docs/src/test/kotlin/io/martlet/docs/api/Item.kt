package io.martlet.docs.api

import kotlinx.serialization.Serializable

/** What the API of the examples has. */
@Serializable
internal data class Item(val id: Int, val title: String)
