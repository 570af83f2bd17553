package io.martlet.http;

/** Status codes: the common ones by name, their classes, and their usual phrases (RFC 9110 §15). */
public final class Status {
    /** It worked (RFC 9110 §15.3.1). */
    public static final int OK = 200;
    /** Something was made, as {@code Location} says or where the request went (RFC 9110 §15.3.2). */
    public static final int CREATED = 201;
    /** It will be worked on (RFC 9110 §15.3.3). */
    public static final int ACCEPTED = 202;
    /** It worked, and there is no body (RFC 9110 §15.3.5). */
    public static final int NO_CONTENT = 204;
    /** The ranges that were asked for (RFC 9110 §15.3.7). */
    public static final int PARTIAL_CONTENT = 206;
    /** Elsewhere from now on; a POST becomes a GET (RFC 9110 §15.4.2). */
    public static final int MOVED_PERMANENTLY = 301;
    /** Elsewhere this time; a POST becomes a GET (RFC 9110 §15.4.3). */
    public static final int FOUND = 302;
    /** The answer is elsewhere, to be got (RFC 9110 §15.4.4). */
    public static final int SEE_OTHER = 303;
    /** What the caller has is still right (RFC 9110 §15.4.5). */
    public static final int NOT_MODIFIED = 304;
    /** Elsewhere this time, by the same method (RFC 9110 §15.4.8). */
    public static final int TEMPORARY_REDIRECT = 307;
    /** Elsewhere from now on, by the same method (RFC 9110 §15.4.9). */
    public static final int PERMANENT_REDIRECT = 308;
    /** The request makes no sense to the server (RFC 9110 §15.5.1). */
    public static final int BAD_REQUEST = 400;
    /** Credentials are missing or wrong (RFC 9110 §15.5.2). */
    public static final int UNAUTHORIZED = 401;
    /** Not for this caller (RFC 9110 §15.5.4). */
    public static final int FORBIDDEN = 403;
    /** Nothing is there, or nothing to be told of (RFC 9110 §15.5.5). */
    public static final int NOT_FOUND = 404;
    /** Not by this method (RFC 9110 §15.5.6). */
    public static final int METHOD_NOT_ALLOWED = 405;
    /** The request did not come in time (RFC 9110 §15.5.9). */
    public static final int REQUEST_TIMEOUT = 408;
    /** Not as things stand (RFC 9110 §15.5.10). */
    public static final int CONFLICT = 409;
    /** A condition of the request does not hold (RFC 9110 §15.5.13). */
    public static final int PRECONDITION_FAILED = 412;
    /** The body of the request is too large (RFC 9110 §15.5.14). */
    public static final int CONTENT_TOO_LARGE = 413;
    /** No range that was asked for is there (RFC 9110 §15.5.17). */
    public static final int RANGE_NOT_SATISFIABLE = 416;
    /** Not in data that may be replayed (RFC 8470 §5.2). */
    public static final int TOO_EARLY = 425;
    /** Too many from this caller; {@code Retry-After} may say when (RFC 6585 §4). */
    public static final int TOO_MANY_REQUESTS = 429;
    /** The server failed (RFC 9110 §15.6.1). */
    public static final int INTERNAL_SERVER_ERROR = 500;
    /** A server behind the server gave no valid answer (RFC 9110 §15.6.3). */
    public static final int BAD_GATEWAY = 502;
    /** Not now; {@code Retry-After} may say when (RFC 9110 §15.6.4). */
    public static final int SERVICE_UNAVAILABLE = 503;
    /** A server behind the server gave no answer in time (RFC 9110 §15.6.5). */
    public static final int GATEWAY_TIMEOUT = 504;

    private Status() {}

    /**
     * {@return whether a status is that of an interim response: 100 to 199}
     *
     * @param code the status
     */
    public static boolean isInformational(int code) {
        return code >= 100 && code < 200;
    }

    /**
     * {@return whether a status says that the request succeeded: 200 to 299}
     *
     * @param code the status
     */
    public static boolean isSuccess(int code) {
        return code >= 200 && code < 300;
    }

    /**
     * {@return whether a status asks to go on at its {@code Location}: 301, 302, 303, 307 or 308}
     *
     * @param code the status
     */
    public static boolean isRedirect(int code) {
        return switch (code) {
            case MOVED_PERMANENTLY, FOUND, SEE_OTHER, TEMPORARY_REDIRECT, PERMANENT_REDIRECT -> true;
            default -> false;
        };
    }

    /**
     * {@return whether a status is an error of the client or the server: 400 and above}
     *
     * @param code the status
     */
    public static boolean isError(int code) {
        return code >= 400;
    }

    /**
     * {@return whether a response has no body, whatever its headers say (RFC 9112 §6.3)}
     *
     * @param code its status
     */
    public static boolean isBodiless(int code) {
        return isInformational(code) || code == NO_CONTENT || code == NOT_MODIFIED;
    }

    /**
     * {@return the usual phrase of a status (RFC 9110 §15), the empty string for codes that are not registered}
     *
     * @param code the status
     */
    public static String reasonPhrase(int code) {
        return switch (code) {
            case 100 -> "Continue";
            case 101 -> "Switching Protocols";
            case 103 -> "Early Hints";
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 203 -> "Non-Authoritative Information";
            case 204 -> "No Content";
            case 205 -> "Reset Content";
            case 206 -> "Partial Content";
            case 300 -> "Multiple Choices";
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 303 -> "See Other";
            case 304 -> "Not Modified";
            case 307 -> "Temporary Redirect";
            case 308 -> "Permanent Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 402 -> "Payment Required";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 407 -> "Proxy Authentication Required";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 411 -> "Length Required";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Range Not Satisfiable";
            case 417 -> "Expectation Failed";
            case 421 -> "Misdirected Request";
            case 422 -> "Unprocessable Content";
            case 425 -> "Too Early";
            case 426 -> "Upgrade Required";
            case 428 -> "Precondition Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 451 -> "Unavailable For Legal Reasons";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            case 511 -> "Network Authentication Required";
            default -> "";
        };
    }
}
