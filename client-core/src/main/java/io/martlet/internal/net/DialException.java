package io.martlet.internal.net;

import java.net.ConnectException;
import java.net.InetSocketAddress;

/** No connection to one address: {@code 192.0.2.1:80: Connection refused}. */
public final class DialException extends ConnectException {
    private static final long serialVersionUID = 1L;

    private final InetSocketAddress address;
    private final String reason;

    DialException(InetSocketAddress address, Throwable cause) {
        this(address, cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
        initCause(cause);
    }

    DialException(InetSocketAddress address, String reason) {
        super(print(address) + ": " + reason);
        this.address = address;
        this.reason = reason;
    }

    /** The address that was dialled. */
    public InetSocketAddress address() {
        return address;
    }

    /** Why it failed: {@code Connection refused}. */
    public String reason() {
        return reason;
    }

    /** Address and port without any name: {@code 192.0.2.1:80}, {@code [2001:db8:0:0:0:0:0:1]:80}. */
    static String print(InetSocketAddress address) {
        String text = address.getAddress().getHostAddress();
        return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + address.getPort();
    }
}
