package io.martlet.config

/** Inside one of our builders, those around it are out of reach. */
@DslMarker
internal annotation class MartletDsl
