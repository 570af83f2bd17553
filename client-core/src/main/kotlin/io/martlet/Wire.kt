@file:JvmName("WireEngines")

package io.martlet

import io.martlet.engine.EngineFactory
import io.martlet.internal.wire.WireEngine

/** Martlet's own engine, and the default: HTTP/1.1 over pooled connections, TLS 1.3 and 1.2. */
public fun wire(): EngineFactory = EngineFactory { connector -> WireEngine(connector) }
