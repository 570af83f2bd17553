/**
 * TLS over any {@link io.martlet.internal.net.Transport}, by the JDK's {@link javax.net.ssl.SSLEngine}; not for users.
 *
 * <p>{@link io.martlet.internal.tls.TlsContexts} turns settings into a {@link io.martlet.internal.tls.TlsContext}, which makes
 * an engine for each connection; {@link io.martlet.internal.tls.TlsTransport} is the connection. Its handshake runs on an
 * executor, record by record everything else on the loop (in) and on the holder's thread (out).
 */
@NullMarked
package io.martlet.internal.tls;

import org.jspecify.annotations.NullMarked;
