package io.martlet.samples.app;

import io.martlet.error.ClientException;
import io.martlet.error.ClientException.AuthenticationException;
import io.martlet.error.ClientException.BodyTooLargeException;
import io.martlet.error.ClientException.CircuitOpenException;
import io.martlet.error.ClientException.ConnectTimeoutException;
import io.martlet.error.ClientException.ConnectionException;
import io.martlet.error.ClientException.ConnectorException;
import io.martlet.error.ClientException.ContentTypeException;
import io.martlet.error.ClientException.DnsException;
import io.martlet.error.ClientException.InvalidUrlException;
import io.martlet.error.ClientException.JsonException;
import io.martlet.error.ClientException.PayloadException;
import io.martlet.error.ClientException.ProtocolException;
import io.martlet.error.ClientException.QueueFullException;
import io.martlet.error.ClientException.QueueTimeoutException;
import io.martlet.error.ClientException.RateTimeoutException;
import io.martlet.error.ClientException.ReadTimeoutException;
import io.martlet.error.ClientException.RequestBodyException;
import io.martlet.error.ClientException.ResponseException;
import io.martlet.error.ClientException.ServerDisconnectedException;
import io.martlet.error.ClientException.SessionClosedException;
import io.martlet.error.ClientException.StatusException;
import io.martlet.error.ClientException.TimeoutException;
import io.martlet.error.ClientException.TlsException;
import io.martlet.error.ClientException.TooManyRedirectsException;
import io.martlet.error.ClientException.TotalTimeoutException;
import io.martlet.error.ClientException.TruncatedBodyException;
import io.martlet.error.ClientException.WriteTimeoutException;
import io.martlet.error.Phase;
import java.util.LinkedHashMap;
import java.util.Map;

/** What to do about a failure. The first case that fits counts, so leaves of the tree stand before their branches. */
final class Advice {
    private static final Map<Class<? extends ClientException>, String> WHAT_TO_DO = new LinkedHashMap<>();

    static {
        WHAT_TO_DO.put(InvalidUrlException.class, "correct the URL");
        WHAT_TO_DO.put(AuthenticationException.class, "look after the credentials");
        WHAT_TO_DO.put(SessionClosedException.class, "ask before the session is closed");
        WHAT_TO_DO.put(RequestBodyException.class, "look at what was to be sent");

        WHAT_TO_DO.put(QueueFullException.class, "send less at once");
        WHAT_TO_DO.put(CircuitOpenException.class, "ask another server: this one is left alone");

        WHAT_TO_DO.put(RateTimeoutException.class, "ask less often");
        WHAT_TO_DO.put(QueueTimeoutException.class, "raise the limit of connections: the server is not to blame");
        WHAT_TO_DO.put(ConnectTimeoutException.class, "see whether the host is there");
        WHAT_TO_DO.put(WriteTimeoutException.class, "send it later: the server takes nothing");
        WHAT_TO_DO.put(ReadTimeoutException.class, "ask again later: the server is silent");
        WHAT_TO_DO.put(TotalTimeoutException.class, "take more time, or ask for less");
        WHAT_TO_DO.put(TimeoutException.class, "take more time");

        WHAT_TO_DO.put(DnsException.class, "check the name of the host");
        WHAT_TO_DO.put(TlsException.class, "check its certificate");
        WHAT_TO_DO.put(ConnectorException.class, "see whether the server is running");
        WHAT_TO_DO.put(ServerDisconnectedException.class, "ask again: the server hung up");
        WHAT_TO_DO.put(ConnectionException.class, "ask again: the connection broke");

        WHAT_TO_DO.put(ProtocolException.class, "see whether that is a web server at all");
        WHAT_TO_DO.put(TruncatedBodyException.class, "ask again: half of it is missing");
        WHAT_TO_DO.put(BodyTooLargeException.class, "stream it instead");
        WHAT_TO_DO.put(PayloadException.class, "ask again: it could not be read");

        WHAT_TO_DO.put(StatusException.class, "read what the server says");
        WHAT_TO_DO.put(TooManyRedirectsException.class, "find out where it goes round in circles");
        WHAT_TO_DO.put(ContentTypeException.class, "ask for another type");
        WHAT_TO_DO.put(JsonException.class, "compare the JSON with the class");
        WHAT_TO_DO.put(ResponseException.class, "read the response");
    }

    private Advice() {}

    static String on(Throwable failure) {
        if (!(failure instanceof ClientException of)) {
            return "report a bug: " + failure;
        }
        String advice = WHAT_TO_DO.entrySet().stream()
                .filter(line -> line.getKey().isInstance(of))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        Phase phase = of.phase();
        return advice + " (" + phase + ")";
    }
}
